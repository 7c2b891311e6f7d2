package dev.baton.engine.internal.execute;

import dev.baton.engine.journal.Message.ToTimer;
import dev.baton.engine.time.Scheduler.Alarm;
import org.jspecify.annotations.Nullable;

/// An alarm with its work. It may ring while it is being cancelled; that then does nothing.
final class Timer implements Recipient<ToTimer>, Alarm {
    private final int number;
    private final Runnable work;
    private boolean over;
    private @Nullable Alarm alarm;

    Timer(int number, Runnable work) {
        this.number = number;
        this.work = work;
    }

    @Override
    public int number() {
        return number;
    }

    boolean isOver() {
        return over;
    }

    void setFor(Alarm scheduled) {
        alarm = scheduled;
    }

    @Override
    public void cancel() {
        over = true;
        if (alarm != null) {
            alarm.cancel();
        }
    }

    @Override
    public void take(ToTimer message) {
        if (!over) {
            over = true;
            work.run();
        }
    }
}
