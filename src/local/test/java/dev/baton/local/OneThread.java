package dev.baton.local;

import dev.baton.engine.time.VirtualScheduler;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/// An executor that does everything at once, in the thread that hands it over.
public final class OneThread extends AbstractExecutorService {
    private boolean ended;

    /// The choices of an embedded AWS whose executions run under virtual time, in the thread that runs the time.
    public static EmbeddedAws.Builder under(VirtualScheduler time) {
        return EmbeddedAws.builder().time(time, new OneThread());
    }

    public static VirtualScheduler time() {
        return new VirtualScheduler(Instant.now());
    }

    @Override
    public void execute(Runnable work) {
        work.run();
    }

    @Override
    public void shutdown() {
        ended = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return ended;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return ended;
    }
}
