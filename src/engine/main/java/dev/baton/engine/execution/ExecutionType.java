package dev.baton.engine.execution;

/// The type of a state machine: how long its executions may last and whether they keep a history for its readers.
public enum ExecutionType {
    /// Up to a year and 25,000 events.
    STANDARD,
    /// Up to five minutes.
    EXPRESS
}
