package dev.baton.lambda.simulation;

import dev.baton.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The virtual time of one simulation, in milliseconds, and all that happens in it, on one thread: what is ready runs
/// in the order in which it became so, and only when nothing is does time go on. The handlers' virtual threads run
/// here too ([Fibers]), so that two of them never run at once.
final class Timeline implements Scheduler, Executor {
    private static final Instant BEGIN = Instant.parse("2026-11-22T05:00:00Z");

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Entry> ahead = new PriorityQueue<>();
    private long millis;
    private long sequence;

    @Override
    public Instant now() {
        return BEGIN.plusMillis(millis);
    }

    /// Since the begin.
    long millis() {
        return millis;
    }

    @Override
    public void execute(Runnable work) {
        ready.add(work);
    }

    @Override
    public Alarm at(Instant moment, Runnable work) {
        return at(Duration.between(BEGIN, moment).plusNanos(999_999).toMillis(), work);
    }

    /// Runs the work so many milliseconds from now.
    Alarm after(long delay, Runnable work) {
        return at(millis + delay, work);
    }

    private Alarm at(long moment, Runnable work) {
        var entry = new Entry(Math.max(moment, millis), sequence++, work);
        ahead.add(entry);
        return entry;
    }

    /// Lets everything happen, until nothing lies ahead or the time has come.
    ///
    /// @param end in milliseconds since the begin
    /// @return whether nothing lies ahead
    boolean run(long end) {
        while (true) {
            for (var work = ready.poll(); work != null; work = ready.poll()) {
                work.run();
            }
            var next = ahead.peek();
            if (next == null) {
                return true;
            }
            if (next.moment > end) {
                return false;
            }
            ahead.poll();
            var work = next.work;
            if (work != null) {
                millis = next.moment;
                work.run();
            }
        }
    }

    private static final class Entry implements Alarm, Comparable<Entry> {
        private final long moment;
        private final long number;
        private @Nullable Runnable work;

        Entry(long moment, long number, Runnable work) {
            this.moment = moment;
            this.number = number;
            this.work = work;
        }

        @Override
        public void cancel() {
            work = null;
        }

        @Override
        public int compareTo(Entry other) {
            var byMoment = Long.compare(moment, other.moment);
            return byMoment != 0 ? byMoment : Long.compare(number, other.number);
        }
    }
}
