package dev.baton.lambda.internal.task;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of what a task does in one attempt. What threads of the task's own ask for after `run` has returned is
/// refused (RUN035): its output is complete by then, and nobody would see what comes later. In Lambda such a thread
/// stands still between two invocations and would go on in the middle of another attempt.
///
/// An attempt ends with its function's time, too. Lambda ends the process then; where functions share one, a task that
/// swallows its interruption goes on, and nothing of it counts.
final class AttemptEnd {
    private static final String CODE = "RUN035";
    private static final Logger LOG = LoggerFactory.getLogger(AttemptEnd.class);

    private final String task;
    private final AtomicBoolean told = new AtomicBoolean();
    private final BooleanSupplier overdue;
    private volatile boolean reached;

    /// @param task as messages name it
    /// @param overdue whether the function's time is over
    AttemptEnd(String task, BooleanSupplier overdue) {
        this.task = task;
        this.overdue = overdue;
    }

    /// Has everything after this refused. Reached again, it changes nothing.
    void reach() {
        reached = true;
    }

    /// Holds up what is over its time before anything is committed.
    void requireTime() {
        if (overdue.getAsBoolean()) {
            throw new IllegalStateException(task + " has taken longer than its function may: nothing that it made counts");
        }
    }

    /// @param what was asked for, as a noun: `the output s3://lake/report.csv`
    /// @throws IllegalStateException RUN035 when the attempt is over
    void refuse(String what) {
        requireTime();
        if (reached) {
            throw new IllegalStateException(late(what));
        }
    }

    /// [#refuse], for a stream.
    ///
    /// @throws IOException RUN035 when the attempt is over
    void refuseBytes(String what) throws IOException {
        requireTime();
        if (reached) {
            throw new IOException(late(what));
        }
    }

    /// The first is logged too: an executor keeps what its threads throw to itself.
    private String late(String what) {
        var message = CODE + " " + task + " has returned, and a thread of its own still asks for " + what
                + ": let run() wait for its threads";
        if (told.compareAndSet(false, true)) {
            LOG.warn(message);
        }
        return message;
    }
}
