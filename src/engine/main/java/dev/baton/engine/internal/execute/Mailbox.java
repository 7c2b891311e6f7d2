package dev.baton.engine.internal.execute;

import dev.baton.engine.time.Scheduler;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Lets one thread at a time work for an execution: messages run one after another, in the order of their arrival, on
/// the scheduler's threads.
final class Mailbox {
    private final Scheduler scheduler;
    private final ArrayDeque<Runnable> messages = new ArrayDeque<>(2);
    private boolean held;
    private boolean busy;

    /// @param held whether messages wait for [#release]
    Mailbox(Scheduler scheduler, boolean held) {
        this.scheduler = scheduler;
        this.held = held;
        this.busy = held;
    }

    void post(Runnable message) {
        synchronized (messages) {
            messages.add(message);
            if (busy) {
                return;
            }
            busy = true;
        }
        scheduler.execute(this::drain);
    }

    /// @param told is run before the message can be, and in the same order
    void post(Runnable message, Runnable told) {
        synchronized (messages) {
            told.run();
            messages.add(message);
            if (busy) {
                return;
            }
            busy = true;
        }
        scheduler.execute(this::drain);
    }

    /// Lets the messages run that were held.
    void release() {
        synchronized (messages) {
            if (!held) {
                return;
            }
            held = false;
        }
        scheduler.execute(this::drain);
    }

    private void drain() {
        for (var message = next(); message != null; message = next()) {
            run(message);
        }
    }

    /// Runs a message. What it throws is the scheduler's; the messages after it run all the same.
    private void run(Runnable message) {
        var whole = false;
        try {
            message.run();
            whole = true;
        } finally {
            if (!whole) {
                scheduler.execute(this::drain);
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (messages) {
            var message = messages.poll();
            busy = message != null;
            return message;
        }
    }
}
