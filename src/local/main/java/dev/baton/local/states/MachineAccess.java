package dev.baton.local.states;

import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.Caller;
import dev.baton.local.iam.policy.RequestContext;

/// Asks leave for what concerns a state machine.
///
/// A version or an alias is no resource of its own: policies name the machine, and what stands behind its name is the
/// key `states:StateMachineQualifier`. See
/// [Authorization for versions and
/// aliases](https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html).
record MachineAccess(Authorizer authorizer) {

    /// @throws dev.baton.local.iam.AccessDenied when the caller may not
    void require(Caller caller, String action, StatesArn arn, RequestContext context) {
        var keys = arn.qualifier().isEmpty()
                ? context
                : RequestContext.builder()
                        .put("states:StateMachineQualifier", arn.qualifier())
                        .build()
                        .or(context);
        authorizer.require(caller, "states:" + action, arn.unqualified(), keys);
    }
}
