package dev.baton.run;

/// How a task became complete in a run.
public enum TaskOutcome {
    /// It ran.
    RAN,
    /// It was complete already, from the same inputs and code.
    SKIPPED,
    /// Nothing needs it for these parameters ([dev.baton.task.Task#onlyIf]): it has no output in this run.
    UNNEEDED
}
