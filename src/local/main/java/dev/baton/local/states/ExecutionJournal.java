package dev.baton.local.states;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.engine.journal.Journal;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.journal.Message;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.internal.Disk;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.RecordFile;
import dev.baton.local.internal.Reserve;
import dev.baton.local.internal.StoreFindings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps STANDARD executions over restarts: what the engine tells of them, in a file that only grows.
///
/// Whoever answers a request calls [#flush] before, so that what was answered stands in the file even if the process is
/// killed or the machine loses its power; answers that wait at the same time wait for one write. All else is written
/// within milliseconds, and a service is called after that it is called is written: the disk is not waited for then.
final class ExecutionJournal implements Journal, AutoCloseable {
    private static final Duration AT_THE_LATEST = Duration.ofMillis(5);

    private static final long SPARE_BYTES = 64 << 20;

    private final Scheduler scheduler;
    private final long spareBytes;
    private final AtomicBoolean flushing = new AtomicBoolean();
    private final AtomicBoolean compacting = new AtomicBoolean();
    private final JournalNumbers numbers = new JournalNumbers();
    private final Map<MachineRevision, Integer> revisions = new IdentityHashMap<>();
    private final Map<String, Announced> announced = new ConcurrentHashMap<>();
    private int lastRevision;
    private final Disk disk;
    private volatile @Nullable RecordFile file;
    private volatile @Nullable Reserve reserve;

    /// The part of an execution that is about to begin which only the API knows.
    private record Announced(Machine machine, MachineRevision revision, String input) {}

    /// An execution as the file tells of it.
    record Kept(Machine machine, MachineRevision revision, String input, List<JournalEntry> entries) {}

    ExecutionJournal(Scheduler scheduler) {
        this(scheduler, SPARE_BYTES, LocalDisk.DISK);
    }

    /// @param spareBytes how much of the file may tell of executions that nobody knows any more, besides as much as
    ///     tells of the others
    ExecutionJournal(Scheduler scheduler, long spareBytes, Disk disk) {
        this.scheduler = scheduler;
        this.spareBytes = spareBytes;
        this.disk = disk;
    }

    /// Says what an execution that is about to begin is one of.
    void announce(String executionArn, Machine machine, MachineRevision revision, String input) {
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
            case JournalEntry.Posted posted -> {
                var number = number(open, posted.rootArn(), posted.executionArn());
                write(open, posted.rootArn(), EntryJson.posted(posted, number));
                if (posted.message() instanceof Message.ToMapRun.ChildClosed(String childArn)) {
                    numbers.forgetChild(posted.rootArn(), childArn);
                }
            }
            case JournalEntry.Drawn drawn -> {
                var number = number(open, drawn.rootArn(), drawn.executionArn());
                write(open, drawn.rootArn(), EntryJson.drawn(drawn, number));
            }
            case JournalEntry.Clock clock -> {
                var number = number(open, clock.rootArn(), clock.executionArn());
                write(open, clock.rootArn(), EntryJson.clock(clock, number));
            }
            case JournalEntry.Closed closed -> {
                var number = number(open, closed.rootArn(), closed.rootArn());
                write(open, closed.rootArn(), EntryJson.closed(closed, number));
            }
            case JournalEntry.Forgotten forgotten -> forget(open, forgotten.rootArn());
        }
    }

    private void begin(RecordFile open, JournalEntry.Began began) {
        var about = Objects.requireNonNull(announced.remove(began.rootArn()), "it was not announced");
        int revision;
        synchronized (revisions) {
            var known = revisions.get(about.revision());
            revision = known == null ? ++lastRevision : known;
            if (known == null) {
                revisions.put(about.revision(), revision);
                write(open, began.rootArn(), StoredRevision.json(revision, about.machine(), about.revision()));
            }
        }
        var number = numbers.begin(began.rootArn());
        write(open, began.rootArn(), EntryJson.began(began, number, revision, about.input()));
    }

    /// The number of an execution; a child of a Map Run gets one when it is first told of.
    private int number(RecordFile open, String rootArn, String arn) {
        var known = numbers.find(rootArn, arn);
        if (known != null) {
            return known;
        }
        var number = numbers.child(rootArn, arn);
        var root = numbers.find(rootArn, rootArn);
        write(open, rootArn, List.of(EntryJson.NAMED, (long) number, root == null ? 0L : (long) root, arn));
        return number;
    }

    private void forget(RecordFile open, String rootArn) {
        var number = numbers.forget(rootArn);
        if (number != null) {
            write(open, rootArn, List.of(EntryJson.FORGOTTEN, (long) number));
            compactWhereWorth(open);
        }
    }

    private void write(RecordFile open, String rootArn, List<@Nullable Object> json) {
        var text = Json.bytes(json);
        numbers.wrote(rootArn, text.length);
        open.append(text);
        if (!flushing.get() && flushing.compareAndSet(false, true)) {
            scheduler.at(scheduler.now().plus(AT_THE_LATEST), () -> {
                flushing.set(false);
                write();
            });
        }
    }

    /// What nobody knows any more does not stay on the disk either: at some size the file is begun anew without it.
    private void compactWhereWorth(RecordFile open) {
        if (isWorthCompacting(open) && compacting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("execution-journal").start(() -> {
                try {
                    open.compact(numbers::useful);
                } catch (IOException e) {
                    // The file is what it was; the next one that is forgotten has it tried again.
                    System.getLogger("dev.baton.local")
                            .log(System.Logger.Level.DEBUG, "the journal of executions was not shortened", e);
                } finally {
                    compacting.set(false);
                }
            });
        }
    }

    private boolean isWorthCompacting(RecordFile open) {
        return open.length() > 2 * numbers.knownBytes() + spareBytes;
    }

    /// Waits until what was appended so far is on the disk.
    void flush() {
        written(RecordFile::await);
    }

    /// Waits until what was appended so far would outlive the process.
    void write() {
        written(RecordFile::write);
    }

    @FunctionalInterface
    private interface Way {
        void take(RecordFile file, long ticket) throws IOException;
    }

    private void written(Way way) {
        var open = file;
        if (open == null) {
            return;
        }
        try {
            takeOrGive(way, open);
        } catch (IOException e) {
            throw unkept(e);
        }
    }

    private static UncheckedIOException unkept(IOException e) {
        return new UncheckedIOException("The executions cannot be kept", e);
    }

    private void takeOrGive(Way way, RecordFile open) throws IOException {
        try {
            way.take(open, open.appended());
        } catch (IOException e) {
            var kept = reserve;
            if (kept == null || !kept.give()) {
                throw e;
            }
            way.take(open, open.appended());
        }
    }

    /// Asked before anything is changed: what could not be kept is not begun.
    ///
    /// @throws UncheckedIOException when the disk is full
    void requireRoom() {
        var kept = reserve;
        if (kept != null) {
            try {
                kept.require();
            } catch (IOException e) {
                throw unkept(e);
            }
        }
    }

    /// Reads the file, begins it anew without what need not be kept, and is open for more.
    ///
    /// @param said is told LOC006 and LOC010
    /// @return what is kept, in the order in which it began
    Queue<Kept> open(
            Path path, Machines machines, ExecutionRetention retention, Instant now, Consumer<Diagnostic> said) {
        try {
            var journal = new RecordFile(disk, path, false);
            var reading = new JournalReader(machines);
            journal.replay(reading::survey).forEach(said);
            reading.choose(retention, now);
            journal.read(reading::add);
            if (!reading.tooLong().isEmpty()) {
                said.accept(StoreFindings.tooLong(path, reading.tooLong()));
            }
            if (reading.isWorthRewriting()) {
                journal.compact(reading::useful);
            }
            numbers.startAfter(reading.lastNumber());
            revisions.putAll(reading.revisions());
            lastRevision = reading.lastRevision();
            var kept = new ArrayDeque<Kept>();
            for (var root : reading.kept()) {
                numbers.restore(root.arn(), root.numbers(), root.length());
                kept.add(root.kept());
            }
            reserve = new Reserve(disk, path.resolveSibling("reserve"));
            file = journal;
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing that happens from now on is kept: what ends because the process ends has not failed.
    @Override
    public void close() {
        var open = file;
        file = null;
        reserve = null;
        if (open != null) {
            open.close();
        }
    }
}
