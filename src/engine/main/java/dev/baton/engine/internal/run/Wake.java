package dev.baton.engine.internal.run;

/// Work of an alarm. An alarm may ring while it is being cancelled; the work then arrives and does nothing.
final class Wake implements Runnable {
    private final Runnable work;
    private boolean cancelled;

    Wake(Runnable work) {
        this.work = work;
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public void run() {
        if (!cancelled) {
            work.run();
        }
    }
}
