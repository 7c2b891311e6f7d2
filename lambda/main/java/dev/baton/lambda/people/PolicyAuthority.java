package dev.baton.lambda.people;

import dev.baton.lambda.internal.start.RunStarter;
import dev.baton.lambda.internal.start.StartAuthority;
import dev.baton.lambda.internal.start.StartQuestion;
import dev.baton.lambda.internal.start.StartVerdict;
import dev.baton.policy.PolicyAction;
import dev.baton.policy.PolicyResource;
import dev.baton.run.IdentityProof;
import dev.baton.run.Requester;
import dev.baton.run.RunAction;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The authority over executions where policies about people hold: they decide.
record PolicyAuthority(PeopleServices services) implements StartAuthority {
    @Override
    public boolean decides() {
        return true;
    }

    @Override
    public Requester requester(Optional<IdentityProof> proof) {
        return services.requester(proof);
    }

    @Override
    public StartVerdict rule(StartQuestion question) {
        var pipeline = services.environment().pipeline();
        var hash = Optional.<String>empty();
        for (var action : question.actions()) {
            var answer = services.ask(
                    question.requester(),
                    policyAction(action),
                    new PolicyResource.OfPipeline(pipeline),
                    context(question));
            if (!answer.allowed()) {
                return new StartVerdict.Denied(
                        "RUN070",
                        question.requester().shown() + " may not " + action.word() + " the pipeline \"" + pipeline
                                + "\" in " + services.name() + ": " + answer.reason(),
                        "ask somebody who may, or have the policies changed: baton explain RUN070");
            }
            hash = Optional.of(answer.hash());
        }
        return new StartVerdict.Allowed(hash);
    }

    private static Map<String, Object> context(StartQuestion question) {
        var context = new LinkedHashMap<String, Object>();
        context.put("at", question.at().toString());
        context.put("parameters", question.shownParameters());
        question.force().ifPresent(force -> context.put("forced", force.tasks()));
        context.put("runs", (long) question.runs());
        return context;
    }

    private static PolicyAction policyAction(RunAction action) {
        return switch (action) {
            case START -> PolicyAction.START;
            case RERUN -> PolicyAction.RERUN;
            case FORCE -> PolicyAction.FORCE;
            case BACKFILL -> PolicyAction.BACKFILL;
            case REDRIVE -> PolicyAction.REDRIVE;
            case STOP -> PolicyAction.STOP;
            case READ -> PolicyAction.READ;
        };
    }

    @Override
    public List<StartResult> change(Requester requester, StartInvocation.OfExecution asked, RunStarter starts) {
        return List.of(new ExecutionChanges(services, this, starts).change(requester, asked));
    }
}
