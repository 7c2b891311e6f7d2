package dev.baton.engine.journal;

import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of a [Journal]. Those of an execution and of the children of its Map Runs belong together: they have one
/// root, the execution that somebody started.
public sealed interface JournalEntry {
    String rootArn();

    /// The last end of a root, or null where it was running at the end.
    ///
    /// @param entries all of one root
    static @Nullable Closed closed(List<JournalEntry> entries) {
        for (var entry : entries.reversed()) {
            if (entry instanceof Closed closed) {
                return closed;
            }
            if (entry instanceof Posted posted && posted.isRedrive()) {
                return null;
            }
        }
        return null;
    }

    /// An execution was started.
    ///
    /// @param seed of its random source
    record Began(ExecutionRequest request, long seed, Instant startDate) implements JournalEntry {
        @Override
        public String rootArn() {
            return request.executionArn();
        }
    }

    /// An execution, or something that it waits for, was told something.
    ///
    /// @param epochMillis when
    /// @param source who in the execution: 0 is itself, others are counted as they came to be
    record Posted(String rootArn, String executionArn, long epochMillis, int source, Message message)
            implements JournalEntry {

        /// Whether the root runs again after this.
        public boolean isRedrive() {
            return message instanceof Message.ToExecution.Redrive && executionArn.equals(rootArn);
        }
    }

    /// An execution drew something that it cannot compute.
    ///
    /// @param value a JSON value
    record Drawn(String rootArn, String executionArn, Object value) implements JournalEntry {}

    /// An execution looked at the clock, and it showed something else than before.
    ///
    /// @param reading counts how often it looked
    record Clock(String rootArn, String executionArn, int reading, long epochMillis) implements JournalEntry {}

    /// A root closed. It follows from what stands before; whoever makes the execution again can tell whether it is the
    /// same.
    ///
    /// @param events how many its history had
    record Closed(
            String rootArn,
            ExecutionStatus status,
            @Nullable Object output,
            @Nullable String error,
            @Nullable String cause,
            Instant stopDate,
            int events)
            implements JournalEntry {}

    /// Nobody knows the root any more.
    record Forgotten(String rootArn) implements JournalEntry {}
}
