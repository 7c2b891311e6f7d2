package dev.baton.engine.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The time of the clock on the wall, with a few daemon threads.
public final class RealScheduler implements Scheduler, AutoCloseable {
    private static final Duration FARTHEST = Duration.ofDays(365 * 100L);

    private final Clock clock;
    private final ScheduledThreadPoolExecutor threads;

    /// As many threads as there are processors, and the system's clock in milliseconds as the service has them.
    public RealScheduler() {
        this(Clock.tickMillis(ZoneOffset.UTC), Runtime.getRuntime().availableProcessors());
    }

    public RealScheduler(Clock clock, int threads) {
        this.clock = clock;
        var number = new AtomicInteger();
        this.threads = new WorkerPool(threads, work -> {
            var thread = new Thread(work, "engine-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        // A cancelled alarm of a long timeout would otherwise keep its execution in memory until it is due.
        this.threads.setRemoveOnCancelPolicy(true);
        // What comes after the end, such as the answer of a task that was under way, lies ahead too.
        this.threads.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public Alarm at(Instant moment, Runnable work) {
        var delay = Duration.between(clock.instant(), moment);
        var bounded = delay.compareTo(FARTHEST) > 0 ? FARTHEST : delay;
        var future = threads.schedule(work, bounded.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /// Lets running work end and forgets all that lies ahead.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
