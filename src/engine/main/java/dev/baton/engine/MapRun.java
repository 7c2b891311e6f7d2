package dev.baton.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Map Run as everybody may look at it: what DescribeMapRun shows of a distributed Map.
public interface MapRun {
    String arn();

    /// The execution whose Map state it is.
    String executionArn();

    /// RUNNING, SUCCEEDED, FAILED or ABORTED.
    ExecutionStatus status();

    Instant startDate();

    @Nullable
    Instant stopDate();

    int maxConcurrency();

    double toleratedFailurePercentage();

    long toleratedFailureCount();

    /// Changes a running Map Run (UpdateMapRun); null leaves as it is.
    void update(
            @Nullable Integer maxConcurrency,
            @Nullable Double toleratedFailurePercentage,
            @Nullable Long toleratedFailureCount);

    Counts itemCounts();

    Counts executionCounts();

    int redriveCount();

    @Nullable
    Instant redriveDate();

    /// The children so far, in the order of their items.
    List<Execution> executions();

    /// How many items or executions of a Map Run stand where.
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
