package dev.baton.engine.internal.execute;

import dev.baton.engine.execution.ExecutionStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The status of an execution with its output; one value, so that nobody sees one without the other.
record ExecutionOutcome(
        ExecutionStatus status,
        @Nullable Object output,
        @Nullable String error,
        @Nullable String cause,
        @Nullable Instant stopDate) {
    static final ExecutionOutcome RUNNING = new ExecutionOutcome(ExecutionStatus.RUNNING, null, null, null, null);
}
