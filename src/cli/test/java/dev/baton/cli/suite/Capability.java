package dev.baton.cli.suite;

/// What a test needs of a backend beyond Step Functions, S3 and Lambda themselves.
public enum Capability {
    /// An upload starts an execution through EventBridge.
    EVENTS,
    /// A task may not do what its role does not allow.
    ENFORCEMENT,
    /// A failed execution goes on where it failed.
    REDRIVE
}
