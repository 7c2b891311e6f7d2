package dev.baton.local.iam;

import dev.baton.local.iam.policy.Context;
import dev.baton.local.iam.policy.Decision;

/// Decides whether a caller may do something. Every service of the embedded AWS asks before it acts.
@FunctionalInterface
public interface Authorizer {
    Decision decide(Access access);

    /// @throws AccessDenied when the decision is no
    default void require(Access access) {
        var decision = decide(access);
        if (!decision.allowed()) {
            throw new AccessDenied(decision);
        }
    }

    /// For an action on a resource of the caller's own account that has no policy of its own.
    default void require(Caller caller, String action, String resource, Context context) {
        require(new Access(caller, action, resource, caller.account(), context, null));
    }
}
