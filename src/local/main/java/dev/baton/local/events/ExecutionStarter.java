package dev.baton.local.events;

import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.RequestContext;

/// Starts executions of state machines for rules that have one as their target.
@FunctionalInterface
public interface ExecutionStarter {

    /// @param input JSON text
    /// @throws dev.baton.local.http.AccessDenied when the caller may not
    /// @throws dev.baton.local.http.AwsError when it cannot be started
    void start(Caller caller, String stateMachineArn, String name, String input, RequestContext context);
}
