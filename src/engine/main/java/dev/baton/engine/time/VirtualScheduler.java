package dev.baton.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Time that passes only when there is nothing else to do: a day's wait takes no time and gives the same order always.
///
/// It belongs to one thread: everything runs within [#run()] of the thread that calls it.
/// Work for the same moment runs in the order in which it was handed over.
public final class VirtualScheduler implements Scheduler {
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Entry> alarms = new PriorityQueue<>();
    private Instant now;
    private long sequence;

    public VirtualScheduler(Instant start) {
        this.now = start;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void execute(Runnable work) {
        ready.add(work);
    }

    @Override
    public Alarm at(Instant moment, Runnable work) {
        var entry = new Entry(moment.isBefore(now) ? now : moment, sequence++, work);
        alarms.add(entry);
        return entry;
    }

    /// Runs until nothing lies ahead; the time is then that of the last work.
    public void run() {
        while (step(Instant.MAX)) {
            // Every turn runs one piece of work.
        }
    }

    /// Runs what lies within the duration from now; the time is then the end of it.
    public void advance(Duration duration) {
        var end = now.plus(duration);
        while (step(end)) {
            // Every turn runs one piece of work.
        }
        now = end;
    }

    /// Runs what is ready at this moment without letting time pass.
    public void settle() {
        while (step(now)) {
            // Every turn runs one piece of work.
        }
    }

    private boolean step(Instant end) {
        var work = ready.poll();
        if (work == null) {
            work = due(end);
        }
        if (work == null) {
            return false;
        }
        work.run();
        return true;
    }

    private @Nullable Runnable due(Instant end) {
        for (var next = alarms.peek(); next != null && !next.moment.isAfter(end); next = alarms.peek()) {
            alarms.poll();
            var work = next.work;
            if (work != null) {
                now = next.moment;
                return work;
            }
        }
        return null;
    }

    private static final class Entry implements Alarm, Comparable<Entry> {
        private final Instant moment;
        private final long sequence;
        private @Nullable Runnable work;

        Entry(Instant moment, long sequence, Runnable work) {
            this.moment = moment;
            this.sequence = sequence;
            this.work = work;
        }

        @Override
        public void cancel() {
            work = null;
        }

        @Override
        public int compareTo(Entry other) {
            var byMoment = moment.compareTo(other.moment);
            return byMoment != 0 ? byMoment : Long.compare(sequence, other.sequence);
        }
    }
}
