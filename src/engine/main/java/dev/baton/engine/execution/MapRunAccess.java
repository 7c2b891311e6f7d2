package dev.baton.engine.execution;

import org.jspecify.annotations.Nullable;

/// The rights of a state machine's role to do what its distributed Maps do with it: they start executions of their own
/// machine, redrive and stop them. See [IAM policies for distributed
/// Maps](https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html).
@FunctionalInterface
public interface MapRunAccess {
    /// Asks nobody.
    MapRunAccess UNBOUNDED = (action, parent, machineArn) -> null;

    /// An action of a Map Run on its child executions.
    enum Action {
        /// Before the Map Run begins; one that may not begins not at all.
        START,
        /// Before those that failed run again.
        REDRIVE,
        /// Before those that run are stopped; whoever may not leaves them running.
        STOP
    }

    /// With what a Map state fails that may not.
    record Refusal(String error, String cause) {}

    /// Asked by the thread that runs the parent: it must not block.
    ///
    /// @param parent the execution whose Map it is
    /// @param machineArn what the children give as their state machine: `arn:…:stateMachine:MACHINE/LABEL`
    /// @return null where it may
    @Nullable
    Refusal refusal(Action action, ExecutionRequest parent, String machineArn);
}
