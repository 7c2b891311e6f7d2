package dev.baton.engine.execution;

/// The status of an execution, in the words of DescribeExecution.
public enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    ABORTED,
    /// A child of a Map Run that will run again when the Map Run comes to it.
    PENDING_REDRIVE;

    /// Whether nothing more happens unless somebody redrives it.
    public boolean isClosed() {
        return this != RUNNING && this != PENDING_REDRIVE;
    }
}
