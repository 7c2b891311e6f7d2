package dev.baton.engine.internal.run;

import dev.baton.engine.time.Scheduler;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Lets one thread at a time work for an execution: messages run one after another, in the order of their arrival, on
/// the scheduler's threads.
final class Mailbox {
    private final Scheduler scheduler;
    private final ArrayDeque<Runnable> messages = new ArrayDeque<>(2);
    private boolean busy;

    Mailbox(Scheduler scheduler) {
        this.scheduler = scheduler;
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

    private void drain() {
        for (var message = next(); message != null; message = next()) {
            message.run();
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
