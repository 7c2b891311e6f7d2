package dev.baton.local.states;

import dev.baton.engine.execution.Execution;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The memory that executions hold which have not closed, about: an account takes a million of them, whatever their
/// input; a laptop as many as its heap holds.
final class OpenExecutions {
    /// What one holds that waits, besides its input.
    private static final int EACH = 2_000;

    /// The input is held as a value and as the text that it was.
    private static final int FORMS = 2;

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /// @param most bytes that they may hold together
    OpenExecutions(long most) {
        this.most = most;
    }

    private static long bytes(@Nullable Object input) {
        return EACH + FORMS * Footprint.of(input);
    }

    /// Another one begins.
    ///
    /// @throws dev.baton.local.http.AwsError `ExecutionLimitExceeded` where there is no room for it
    void begin(@Nullable Object input) {
        var bytes = bytes(input);
        if (held.addAndGet(bytes) > most) {
            held.addAndGet(-bytes);
            throw StatesErrors.tooManyOpen();
        }
    }

    /// One is there again that had begun.
    void again(Execution execution) {
        held.addAndGet(bytes(execution.request().input()));
    }

    /// One has closed. One that was redriven had closed before, and is not counted any more.
    void closed(Execution execution) {
        if (execution.redriveCount() == 0) {
            held.addAndGet(-bytes(execution.request().input()));
        }
    }
}
