package dev.baton.engine.time;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A few threads for short work, and more for as long as all of them are held by long work: an expression may take
/// seconds, and everything else must not wait for it.
final class WorkerPool extends ScheduledThreadPoolExecutor {
    /// So many expressions that take their whole time do not stop the rest.
    private static final int MOST = 64;

    /// Work that all threads do for this long, none of it ended, is long.
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int usual;
    private final AtomicInteger busy = new AtomicInteger();
    private final Thread watch;
    private volatile boolean watching;

    WorkerPool(int usual, ThreadFactory factory) {
        super(usual, factory);
        this.usual = usual;
        this.watch = Thread.ofVirtual().name("engine-watch").start(this::watch);
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable work) {
        if (busy.incrementAndGet() >= getCorePoolSize() && !watching) {
            LockSupport.unpark(watch);
        }
        super.beforeExecute(thread, work);
    }

    @Override
    protected void afterExecute(Runnable work, @Nullable Throwable thrown) {
        super.afterExecute(work, thrown);
        busy.decrementAndGet();
    }

    @Override
    protected void terminated() {
        super.terminated();
        LockSupport.unpark(watch);
    }

    private void watch() {
        while (!isTerminated()) {
            if (busy.get() < getCorePoolSize()) {
                rest();
                continue;
            }
            watching = true;
            var ended = getCompletedTaskCount();
            LockSupport.parkNanos(PATIENCE_NANOS);
            if (busy.get() >= getCorePoolSize() && getCompletedTaskCount() == ended && getCorePoolSize() < MOST) {
                setCorePoolSize(getCorePoolSize() + 1);
            }
        }
    }

    /// Waits until every thread is busy; looks now and then for threads that are needed no more.
    private void rest() {
        watching = false;
        if (busy.get() >= getCorePoolSize()) {
            return;
        }
        if (getCorePoolSize() == usual) {
            LockSupport.park(this);
            return;
        }
        LockSupport.parkNanos(PATIENCE_NANOS);
        if (busy.get() < usual) {
            setCorePoolSize(usual);
        }
    }
}
