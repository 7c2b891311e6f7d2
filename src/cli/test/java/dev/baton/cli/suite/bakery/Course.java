package dev.baton.cli.suite.bakery;

/// What is to happen in a run.
public enum Course {
    PLAIN,
    /// One task fails at its first attempt.
    STUMBLING,
    /// One task does what it has not declared.
    SNOOPING,
    /// One task fails until the oven is on.
    COLD
}
