package dev.baton.engine.internal.execute;

import dev.baton.engine.journal.Journal;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.journal.Message;
import dev.baton.engine.time.Scheduler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The entries of one run in the journal; while the run is made again, those that it reads.
final class JournalWriter {
    private final Journal journal;
    private final String rootArn;
    private final String executionArn;
    private volatile @Nullable JournalReplay replay;
    private int readings;
    private long millis;
    private boolean drewFromJournal;

    /// @param replay null for a run that happens for the first time
    JournalWriter(Journal journal, String rootArn, String executionArn, @Nullable JournalReplay replay) {
        this.journal = journal;
        this.rootArn = rootArn;
        this.executionArn = executionArn;
        this.replay = replay;
    }

    /// For a child of a Map Run.
    JournalWriter child(String childArn) {
        var here = replay;
        return new JournalWriter(journal, rootArn, childArn, here == null ? null : here.child(childArn));
    }

    boolean isRoot() {
        return rootArn.equals(executionArn);
    }

    /// The replay that the run is made again from; null when it is up to date.
    @Nullable
    JournalReplay replay() {
        return replay;
    }

    /// The run is as it was; what happens from now on happens for the first time.
    void upToDate() {
        replay = null;
    }

    void append(JournalEntry entry) {
        journal.append(entry);
    }

    void posted(long epochMillis, int source, Message message) {
        journal.append(new JournalEntry.Posted(rootArn, executionArn, epochMillis, source, message));
    }

    /// A message is about to be taken that was posted then.
    void turn(long epochMillis) {
        millis = epochMillis;
    }

    long now(Scheduler scheduler) {
        readings++;
        var remembered = replay;
        if (remembered != null) {
            millis = remembered.clock(readings, millis);
            return millis;
        }
        var now = scheduler.now().toEpochMilli();
        if (now != millis) {
            millis = now;
            journal.append(new JournalEntry.Clock(rootArn, executionArn, readings, now));
        }
        return now;
    }

    /// The value that the supplier gives, or gave when this happened for the first time.
    Object drawn(Supplier<?> supplier) {
        var remembered = replay;
        var before = remembered == null ? null : remembered.draw();
        drewFromJournal = before != null;
        if (before != null) {
            return before;
        }
        var value = supplier.get();
        journal.append(new JournalEntry.Drawn(rootArn, executionArn, value));
        return value;
    }

    /// Whether what was drawn last had been drawn already when the process ended.
    boolean drewFromJournal() {
        return drewFromJournal;
    }
}
