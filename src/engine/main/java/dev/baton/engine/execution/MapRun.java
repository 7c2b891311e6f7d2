package dev.baton.engine.execution;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Map Run as everybody may look at it: what DescribeMapRun shows of a distributed Map.
public interface MapRun {
    /// The Map Run's ARN.
    String arn();

    /// The execution whose Map state it is.
    String executionArn();

    /// RUNNING, SUCCEEDED, FAILED or ABORTED.
    ExecutionStatus status();

    /// The time of its start; a redrive leaves it as it was.
    Instant startDate();

    /// The time when it closed, or null while it runs.
    @Nullable
    Instant stopDate();

    /// The bound on the children that run at a time; 0 means no bound of its own.
    int maxConcurrency();

    /// Of a hundred items, how many may fail before it fails; 0 to 100.
    double toleratedFailurePercentage();

    /// The number of items that may fail before it fails.
    long toleratedFailureCount();

    /// Changes a running Map Run (UpdateMapRun); null leaves as it is.
    void update(
            @Nullable Integer maxConcurrency,
            @Nullable Double toleratedFailurePercentage,
            @Nullable Long toleratedFailureCount);

    /// The numbers of its items by status.
    Counts itemCounts();

    /// The numbers of its children by status: the same as [#itemCounts] unless items come in batches.
    Counts executionCounts();

    /// The number of its redrives.
    int redriveCount();

    /// The time of its last redrive, or null.
    @Nullable
    Instant redriveDate();

    /// The children so far, in the order of their items.
    List<Execution> executions();

    /// The numbers of items or executions of a Map Run by status.
    record Counts(
            long pending,
            long running,
            long succeeded,
            long failed,
            long timedOut,
            long aborted,
            long total,
            long resultsWritten,
            long failuresNotRedrivable,
            long pendingRedrive) {}
}
