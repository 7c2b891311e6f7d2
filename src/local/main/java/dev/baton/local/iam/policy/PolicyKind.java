package dev.baton.local.iam.policy;

/// The kind of a policy, after what it is attached to, which says what its statements must and must not have.
public enum PolicyKind {
    /// To a user or role, inline.
    IDENTITY(false),
    /// To users and roles under a name of its own; also a permissions boundary. Its version is 2012-10-17.
    MANAGED(false),
    /// To a session, while it is made.
    SESSION(false),
    /// To a role: who may assume it.
    TRUST(true),
    /// To a bucket, function, key …
    RESOURCE(true),
    /// To an organization, unit or account.
    CONTROL(false),
    /// Anything: nothing is asked about principals and resources, and a principal that cannot be one is nobody.
    ANY(false);

    private final boolean namesPrincipals;

    PolicyKind(boolean namesPrincipals) {
        this.namesPrincipals = namesPrincipals;
    }

    boolean namesPrincipals() {
        return namesPrincipals;
    }
}
