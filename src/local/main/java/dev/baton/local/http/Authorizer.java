package dev.baton.local.http;

/// Decides what callers may do. Asked for each action, from many threads.
@FunctionalInterface
public interface Authorizer {

    Verdict decide(Access access);

    default boolean allows(Access access) {
        return decide(access) instanceof Verdict.Allowed;
    }

    /// Returns where the caller may, else throws in AWS's wording.
    ///
    /// @throws AwsError [Problem#ACCESS_DENIED]
    default void authorize(Access access) {
        switch (decide(access)) {
            case Verdict.Allowed allowed -> {}
            case Verdict.Denied denied -> throw denied(access, denied.because());
        }
    }

    /// AWS's sentence for a denial.
    static AwsError denied(Access access, String because) {
        var resource = access.resource().equals("*") ? "" : " on resource: \"" + access.resource() + "\"";
        return Problem.ACCESS_DENIED.error("User: " + access.caller().arn() + " is not authorized to perform: "
                + access.action() + resource + " " + because);
    }

    /// Lets everyone do everything: for services without an account around them. Measurements compare with it.
    Authorizer ALLOW_ALL = access -> Verdict.ALLOWED;

    /// Lets only the account itself.
    Authorizer ROOT_ONLY = access -> access.caller() instanceof Caller.Root
            ? Verdict.ALLOWED
            : new Verdict.Denied("because no identity-based policy allows the " + access.action() + " action");
}
