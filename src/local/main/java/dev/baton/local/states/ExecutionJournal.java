package dev.baton.local.states;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.journal.Journal;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.internal.JournalFile;
import dev.baton.local.internal.LocalDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps STANDARD executions over restarts: what the engine tells of them, in a file that only grows.
///
/// Whoever answers a request calls [#flush] before, so that what was answered stands in the file even if the process is
/// killed or the machine loses its power; answers that wait at the same time wait for one write. All else is written
/// within milliseconds, and a service is called after that it is called is written: the disk is not waited for then.
final class ExecutionJournal implements Journal, AutoCloseable {
    private static final Duration AT_THE_LATEST = Duration.ofMillis(5);

    private final Scheduler scheduler;
    private final AtomicBoolean flushing = new AtomicBoolean();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<String, Integer> numberOf = new ConcurrentHashMap<>();
    private final Map<String, List<String>> children = new ConcurrentHashMap<>();
    private final Map<Revision, Integer> revisions = new IdentityHashMap<>();
    private final Map<String, Announced> announced = new ConcurrentHashMap<>();
    private int lastRevision;
    private volatile @Nullable JournalFile file;

    /// What only the API knows of an execution that is about to begin.
    private record Announced(Machine machine, Revision revision, String input) {}

    /// An execution as the file tells of it.
    record Kept(Machine machine, Revision revision, String input, List<JournalEntry> entries) {}

    ExecutionJournal(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// Says what an execution that is about to begin is one of.
    void announce(String executionArn, Machine machine, Revision revision, String input) {
        announced.put(executionArn, new Announced(machine, revision, input));
    }

    @Override
    public void append(JournalEntry entry) {
        var open = file;
        if (open == null) {
            return;
        }
        switch (entry) {
            case JournalEntry.Began began -> begin(open, began);
            case JournalEntry.Posted posted ->
                write(open, EntryJson.posted(posted, number(open, posted.rootArn(), posted.executionArn())));
            case JournalEntry.Drawn drawn ->
                write(open, EntryJson.drawn(drawn, number(open, drawn.rootArn(), drawn.executionArn())));
            case JournalEntry.Clock clock ->
                write(open, EntryJson.clock(clock, number(open, clock.rootArn(), clock.executionArn())));
            case JournalEntry.Closed closed ->
                write(open, EntryJson.closed(closed, number(open, closed.rootArn(), closed.rootArn())));
            case JournalEntry.Forgotten forgotten -> forget(open, forgotten.rootArn());
        }
    }

    private void begin(JournalFile open, JournalEntry.Began began) {
        var about = Objects.requireNonNull(announced.remove(began.rootArn()), "it was not announced");
        int revision;
        synchronized (revisions) {
            var known = revisions.get(about.revision());
            revision = known == null ? ++lastRevision : known;
            if (known == null) {
                revisions.put(about.revision(), revision);
                write(open, KeptRevision.json(revision, about.machine(), about.revision()));
            }
        }
        var number = numbers.incrementAndGet();
        numberOf.put(began.rootArn(), number);
        write(open, EntryJson.began(began, number, revision, about.input()));
    }

    /// The number of an execution; a child of a Map Run gets one when it is first told of.
    private int number(JournalFile open, String rootArn, String arn) {
        var known = numberOf.get(arn);
        if (known != null) {
            return known;
        }
        var number = numbers.incrementAndGet();
        numberOf.put(arn, number);
        children.computeIfAbsent(rootArn, root -> new ArrayList<>()).add(arn);
        write(open, List.of(EntryJson.NAMED, (long) number, (long) number(open, rootArn, rootArn), arn));
        return number;
    }

    private void forget(JournalFile open, String rootArn) {
        var number = numberOf.remove(rootArn);
        if (number != null) {
            write(open, List.of(EntryJson.FORGOTTEN, (long) number));
        }
        Objects.requireNonNullElse(children.remove(rootArn), List.<String>of()).forEach(numberOf::remove);
    }

    private void write(JournalFile open, List<@Nullable Object> json) {
        open.append(Json.bytes(json));
        if (!flushing.get() && flushing.compareAndSet(false, true)) {
            scheduler.at(scheduler.now().plus(AT_THE_LATEST), () -> {
                flushing.set(false);
                write();
            });
        }
    }

    /// Waits until what was appended so far is on the disk.
    void flush() {
        written(JournalFile::await);
    }

    /// Waits until what was appended so far would outlive the process.
    void write() {
        written(JournalFile::write);
    }

    @FunctionalInterface
    private interface Way {
        void take(JournalFile file, long ticket) throws IOException;
    }

    private void written(Way way) {
        var open = file;
        if (open == null) {
            return;
        }
        try {
            way.take(open, open.appended());
        } catch (IOException e) {
            throw new UncheckedIOException("The executions cannot be kept", e);
        }
    }

    /// Reads the file, begins it anew without what need not be kept, and is open for more.
    ///
    /// @param said is told LOC006
    /// @return what is kept, in the order in which it began
    List<Kept> open(
            Path path, Machines machines, Retention retention, Instant now, Consumer<Diagnostic> said) {
        try {
            var journal = new JournalFile(LocalDisk.DISK, path, false);
            var reading = new JournalReading(machines);
            journal.replay(reading::add).forEach(said);
            var kept = reading.kept(retention, now);
            if (reading.isWorthRewriting(kept)) {
                journal.rewrite(reading.records(kept));
            }
            numbers.set(reading.lastNumber());
            for (var root : kept) {
                root.numbers().forEach((arn, number) -> {
                    numberOf.put(arn, number);
                    if (!arn.equals(root.arn())) {
                        children.computeIfAbsent(root.arn(), key -> new ArrayList<>()).add(arn);
                    }
                });
            }
            revisions.putAll(reading.revisions(kept));
            lastRevision = reading.lastRevision();
            file = journal;
            return kept.stream().map(JournalReading.Root::kept).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing that happens from now on is kept: what ends because the process ends has not failed.
    @Override
    public void close() {
        var open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
