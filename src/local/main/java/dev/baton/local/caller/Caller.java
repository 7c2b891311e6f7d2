package dev.baton.local.caller;

import dev.baton.local.iam.policy.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The sender of a request: the principal and, for temporary credentials, the session.
///
/// @param userId `AIDA…`, `AROA…:session` or the account's id, as `GetCallerIdentity` gives it
public record Caller(
        Principal principal, String userId, @Nullable Session session) {
    /// An unsigned request's caller.
    public static final Caller ANONYMOUS = new Caller(new Principal.Anonymous(), "anonymous", null);

    public String arn() {
        return principal.arn();
    }

    /// The caller's account, empty for a service and for nobody.
    public String account() {
        return Objects.requireNonNullElse(principal.account(), "");
    }

    /// A service acting for itself, such as `events.amazonaws.com` when it invokes a function that allows it to.
    public static Caller service(String name, String region) {
        return new Caller(new Principal.Service(name, region), name, null);
    }
}
