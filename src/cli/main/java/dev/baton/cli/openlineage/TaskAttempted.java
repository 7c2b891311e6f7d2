package dev.baton.cli.openlineage;

import dev.baton.run.TaskInvocation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt at a task, as the history of an execution tells it.
///
/// @param function the name of the function that was called, which is its role's too
/// @param invocation what it was called with
/// @param end null while it runs
record TaskAttempted(
        String function,
        TaskInvocation invocation,
        Instant startedAt,
        @Nullable End end) {

    /// The end of an attempt.
    sealed interface End {
        Instant at();
    }

    /// The function has answered. What it has made is in the completion record.
    ///
    /// @param ran whether it has made anything
    record Succeeded(Instant at, boolean ran) implements End {}

    /// The attempt failed.
    ///
    /// @param error its name, as retriers have it
    /// @param cause Lambda's, as the history has it
    record Failed(Instant at, String error, @Nullable String cause) implements End {}

    TaskAttempted endedBy(End other) {
        return new TaskAttempted(function, invocation, startedAt, other);
    }
}
