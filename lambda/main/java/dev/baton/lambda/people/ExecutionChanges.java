package dev.baton.lambda.people;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.start.RunStarter;
import dev.baton.lambda.internal.start.StartQuestion;
import dev.baton.lambda.internal.start.StartVerdict;
import dev.baton.name.Arn;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Requester;
import dev.baton.run.RunAction;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartResult;
import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;

/// The changes of executions that people ask for and policies allow: they are redriven, run again, stopped, each by this
/// function's rights and not by those of whoever asks.
record ExecutionChanges(PeopleServices services, PolicyAuthority authority, RunStarter starts) {

    StartResult change(Requester requester, StartInvocation.OfExecution asked) {
        var found = find(asked.execution());
        if (found.isEmpty()) {
            return refused(Map.of(), asked.execution(), "is no execution of this pipeline", "name one: baton status");
        }
        var execution = found.get();
        return switch (asked) {
            case StartInvocation.Redrive redrive -> redriven(requester, execution);
            case StartInvocation.Again again -> again(requester, execution);
            case StartInvocation.Stop(var arn, var cause) -> stopped(requester, execution, cause);
        };
    }

    private Optional<DescribeExecutionResponse> find(String arn) {
        var machine = Arn.parse(services.environment().stateMachine());
        if (!arn.startsWith(machine.with("execution:" + machine.name() + ":").toString())) {
            return Optional.empty();
        }
        try {
            return Optional.of(states().describeExecution(request -> request.executionArn(arn)));
        } catch (ExecutionDoesNotExistException | InvalidArnException e) {
            return Optional.empty();
        }
    }

    private StartResult redriven(Requester requester, DescribeExecutionResponse execution) {
        var denied = denied(requester, RunAction.REDRIVE, execution);
        if (denied != null) {
            return denied;
        }
        var why = redrive(requester, execution);
        return why.isEmpty()
                ? goesOn(execution)
                : refused(
                        parameters(execution),
                        execution.name(),
                        "cannot be redriven: " + why.get(),
                        execution.status() == ExecutionStatus.RUNNING
                                ? "leave it as it is"
                                : "start its run once more: baton start " + execution.name() + " --again");
    }

    /// What was deleted since would stay away in a redrive, which goes on with the versions that were made.
    private StartResult again(Requester requester, DescribeExecutionResponse execution) {
        var parameters = parameters(execution);
        if (execution.status() == ExecutionStatus.RUNNING) {
            return refused(parameters, execution.name(), "cannot be run again: it is RUNNING", "leave it as it is");
        }
        if (execution.status() != ExecutionStatus.SUCCEEDED && !isSomethingGone(parameters)) {
            var denied = denied(requester, RunAction.REDRIVE, execution);
            if (denied != null) {
                return denied;
            }
            if (redrive(requester, execution).isEmpty()) {
                return goesOn(execution);
            }
        }
        var input = input(execution);
        return input.isEmpty()
                ? refused(parameters, execution.name(), "has an input that is none of a run", "start a run by name")
                : starts.repeated(execution.name(), once(execution, input.get()), requester);
    }

    private boolean isSomethingGone(Map<String, String> parameters) {
        try {
            return !starts.gone(parameters).isEmpty();
        } catch (InvalidInput e) {
            return false;
        }
    }

    /// What an execution forced and has done is not forced again.
    private static ExecutionInput once(DescribeExecutionResponse execution, ExecutionInput input) {
        return execution.status() == ExecutionStatus.SUCCEEDED ? input.forcing(Optional.empty()) : input;
    }

    private StartResult stopped(Requester requester, DescribeExecutionResponse execution, String cause) {
        var parameters = parameters(execution);
        var denied = denied(requester, RunAction.STOP, execution);
        if (denied != null) {
            return denied;
        }
        if (execution.status() != ExecutionStatus.RUNNING) {
            return refused(
                    parameters,
                    execution.name(),
                    "cannot be stopped: it ended " + execution.statusAsString() + " at " + execution.stopDate(),
                    "leave it as it is");
        }
        record(requester, RunAction.STOP, execution);
        states().stopExecution(request -> request.executionArn(execution.executionArn())
                .error("Stopped")
                .cause(cause + ", asked by " + requester.shown()));
        return new StartResult.Failed(
                parameters,
                execution.executionArn(),
                execution.name(),
                ExecutionStatus.ABORTED.toString(),
                "let it go on: baton redrive " + execution.name());
    }

    private @Nullable StartResult denied(Requester requester, RunAction action, DescribeExecutionResponse execution) {
        var parameters = parameters(execution);
        var question = new StartQuestion(
                requester,
                List.of(action),
                parameters,
                Optional.empty(),
                1,
                services.time().instant());
        return authority.rule(question) instanceof StartVerdict.Denied denied ? denied.refused(parameters) : null;
    }

    /// The reason for which an execution was not redriven; nothing where it was.
    private Optional<String> redrive(Requester requester, DescribeExecutionResponse execution) {
        if (execution.redriveStatus() != ExecutionRedriveStatus.REDRIVABLE) {
            return Optional.of(
                    execution.redriveStatusReason() == null
                            ? "it is " + execution.statusAsString()
                            : execution.redriveStatusReason());
        }
        record(requester, RunAction.REDRIVE, execution);
        try {
            states().redriveExecution(request -> request.executionArn(execution.executionArn()));
            return Optional.empty();
        } catch (ExecutionNotRedrivableException e) {
            return Optional.of(
                    e.awsErrorDetails() == null
                            ? "Step Functions does not"
                            : e.awsErrorDetails().errorMessage());
        }
    }

    /// Written down before it is done: what leaves no evidence is not done.
    private void record(Requester requester, RunAction action, DescribeExecutionResponse execution) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("action", action.word());
        details.put("execution", execution.executionArn());
        details.put("name", execution.name());
        services.evidence()
                .add(new EvidenceEntry(
                        services.time().instant(),
                        EvidenceEntry.Kind.OPERATION,
                        services.environment().pipeline(),
                        requester,
                        details));
    }

    private static StartResult goesOn(DescribeExecutionResponse execution) {
        return new StartResult.Running(
                parameters(execution), execution.executionArn(), execution.name(), ExecutionStatus.RUNNING.toString());
    }

    private static StartResult refused(Map<String, String> parameters, String name, String why, String remedy) {
        return new StartResult.Refused(parameters, "RUN077", name + " " + why, remedy);
    }

    private static Map<String, String> parameters(DescribeExecutionResponse execution) {
        return input(execution).map(ExecutionInput::parameters).orElse(Map.of());
    }

    private static Optional<ExecutionInput> input(DescribeExecutionResponse execution) {
        try {
            return Optional.of(ExecutionInput.of(Json.parse(execution.input())));
        } catch (JsonException | InvalidInput e) {
            return Optional.empty();
        }
    }

    private SfnClient states() {
        return services.clients().sfn();
    }
}
