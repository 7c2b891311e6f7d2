package dev.baton.engine.execution;

import dev.baton.engine.history.HistoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// An execution as everybody may look at it, at any time and from any thread.
public interface Execution {
    /// The request that started it.
    ExecutionRequest request();

    /// RUNNING until it closes, and again after a redrive.
    ExecutionStatus status();

    /// The output, a JSON value; null unless it succeeded.
    @Nullable
    Object output();

    /// The error's name where it failed, timed out or was stopped with one.
    @Nullable
    String error();

    /// The error's own words; null where there are none.
    @Nullable
    String cause();

    /// The time of its start; a redrive leaves it as it was.
    Instant startDate();

    /// The time when it closed, or null while it runs.
    @Nullable
    Instant stopDate();

    /// The number of its redrives.
    int redriveCount();

    /// The time of its last redrive, or null.
    @Nullable
    Instant redriveDate();

    /// The events so far, in the order of their ids. A snapshot; the values in it are shared.
    List<HistoryEvent> history();

    /// The number of events so far.
    int eventCount();

    /// The Map Run whose child this is, or null.
    @Nullable
    String mapRunArn();

    /// Completes with this execution when it closes; a redrive starts a new wait.
    CompletionStage<Execution> closed();

    /// The execution's ARN.
    default String arn() {
        return request().executionArn();
    }
}
