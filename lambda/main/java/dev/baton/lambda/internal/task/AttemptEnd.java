package dev.baton.lambda.internal.task;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of what a task does in one attempt. What threads of the task's own ask for after `run` has returned is
/// refused (RUN035): its output is complete by then, and nobody would see what comes later. In Lambda such a thread
/// stands still between two invocations and would go on in the middle of another attempt.
final class AttemptEnd {
    private static final String CODE = "RUN035";
    private static final Logger LOG = LoggerFactory.getLogger(AttemptEnd.class);

    private final String task;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean reached;

    /// @param task as messages name it
    AttemptEnd(String task) {
        this.task = task;
    }

    /// Has everything after this refused. Reached again, it changes nothing.
    void reach() {
        reached = true;
    }

    /// @param what was asked for, as a noun: `the output s3://lake/report.csv`
    /// @throws IllegalStateException RUN035 when the attempt is over
    void refuse(String what) {
        if (reached) {
            throw new IllegalStateException(late(what));
        }
    }

    /// [#refuse], for a stream.
    ///
    /// @throws IOException RUN035 when the attempt is over
    void refuseBytes(String what) throws IOException {
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
