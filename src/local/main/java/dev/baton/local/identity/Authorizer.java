package dev.baton.local.identity;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.iam.policy.Decision;
import dev.baton.local.iam.policy.Request;
import dev.baton.local.iam.policy.RequestContext;

/// Decides whether a caller may do something. Every service of the embedded AWS asks before it acts.
@FunctionalInterface
public interface Authorizer {

    /// Lets everything pass: for measuring what enforcement costs, and for nothing else.
    static Authorizer unenforced() {
        return access -> Decision.unenforced(Request.of(
                access.caller().principal(),
                access.action(),
                access.resource(),
                access.resourceAccount(),
                access.context()));
    }

    Decision decide(AccessRequest access);

    /// @throws AccessDenied when the decision is no
    default void require(AccessRequest access) {
        var decision = decide(access);
        if (!decision.allowed()) {
            throw new AccessDenied(decision);
        }
    }

    /// For an action on a resource of the caller's own account that has no policy of its own.
    default void require(Caller caller, String action, String resource, RequestContext context) {
        require(new AccessRequest(caller, action, resource, caller.account(), context, null));
    }
}
