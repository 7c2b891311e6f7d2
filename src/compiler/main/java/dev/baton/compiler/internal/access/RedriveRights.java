package dev.baton.compiler.internal.access;

import dev.baton.compiler.internal.ResourceNames;
import dev.baton.run.RecoveryPolicy;
import dev.baton.task.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rights of a start function to redrive what failed, where its pipeline has a policy of recovery: to redrive
/// executions of its own machine, to write down that it did, and to have itself called when it is time.
final class RedriveRights {
    private RedriveRights() {}

    /// The policy of a pipeline, if it has one.
    static Optional<RecoveryPolicy> policy(Pipeline pipeline) {
        return pipeline.recovery().map(RecoveryPolicy::of);
    }

    /// Whether anything is redriven later than at once: then a schedule calls the start function.
    static boolean isDelayed(Pipeline pipeline) {
        return policy(pipeline).filter(policy -> policy.after().isPositive()).isPresent();
    }

    /// What the start function may do for it.
    ///
    /// @param machine the name of the pipeline's own machine
    /// @param governed whether policies about people hold: then it may redrive anyway
    static List<PolicyStatement> statements(Pipeline pipeline, ResourceNames names, String machine, boolean governed) {
        var statements = new ArrayList<PolicyStatement>();
        if (pipeline.recovery().isPresent()) {
            if (!governed) {
                statements.add(PolicyStatement.allow(
                        "RedriveWhatFailed",
                        List.of("states:RedriveExecution"),
                        List.of(ResourceNames.executionArn(machine) + ":*")));
            }
            statements.add(PolicyStatement.allow(
                    "RecordRedrives",
                    List.of("s3:PutObject"),
                    List.of(StateObjects.arn(StateObjects.redrives(pipeline.name())))));
        }
        statements.addAll(later(pipeline, names));
        return statements;
    }

    /// What it may do for redrives that are not at once, and what its boundary must let it.
    static List<PolicyStatement> later(Pipeline pipeline, ResourceNames names) {
        return isDelayed(pipeline)
                ? List.of(
                        PolicyStatement.allow(
                                "PlanRedrives",
                                List.of("scheduler:CreateSchedule"),
                                List.of(Schedules.arn(names, "re-*"))),
                        PolicyStatement.allow(
                                        "HandTheScheduleItsRole",
                                        List.of("iam:PassRole"),
                                        List.of(names.roleArn(names.own(Schedules.ROLE))))
                                .when("StringEquals", "iam:PassedToService", List.of("scheduler.amazonaws.com")))
                : List.of();
    }
}
