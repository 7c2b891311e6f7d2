package dev.baton.local.states.integration;

import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.MapRunAccess;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.Authorizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks IAM whether the role of a state machine may do what its distributed Maps do.
///
/// The resources are those of the documented policy: `StartExecution` on the machine itself, `DescribeExecution` and
/// `StopExecution` on its executions (`execution:MACHINE:*`, though children are called `MACHINE/LABEL:…`), and
/// `RedriveExecution` on those of the Map Runs (`execution:MACHINE/*:*`).
public record MapRunRights(Integrations integrations, Authorizer authorizer) implements MapRunAccess {
    @Override
    public @Nullable Refusal refusal(Action action, ExecutionRequest parent, String machineArn) {
        var role = parent.roleArn();
        if (role == null) {
            return new Refusal("States.Permissions", "The state machine has no role to start child executions with.");
        }
        try {
            var caller = integrations.roles().callerOf(role, machineArn);
            for (var right : rights(action, machineArn)) {
                authorizer.require(caller, right.action(), right.resource(), RequestContext.EMPTY);
            }
            return null;
        } catch (AccessDenied e) {
            return new Refusal("States.Permissions", String.valueOf(e.getMessage()));
        }
    }

    private record Right(String action, String resource) {}

    private static List<Right> rights(Action action, String labelled) {
        var machine = TaskRoles.withoutLabel(labelled);
        var executions = machine.replace(":stateMachine:", ":execution:") + ":";
        var children = labelled.replace(":stateMachine:", ":execution:") + ":";
        return switch (action) {
            case START ->
                List.of(
                        new Right("states:StartExecution", machine),
                        new Right("states:DescribeExecution", executions + "*"));
            case STOP -> List.of(new Right("states:StopExecution", executions + "*"));
            case REDRIVE -> List.of(new Right("states:RedriveExecution", children + "*"));
        };
    }
}
