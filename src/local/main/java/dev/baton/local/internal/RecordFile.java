package dev.baton.local.internal;

import dev.baton.diagnostic.Diagnostic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A file that only grows: length, CRC-32C and JSON text of each record.
///
/// What [#await] returned for is on the disk. Those who wait at the same time share one write. A record that was
/// written together with the one before it, so that a power failure may keep the later of them alone, ends with a line
/// break: where a broken record is followed only by such ones, it was never answered for, and else it was damaged
/// later.
public final class RecordFile implements AutoCloseable {
    private static final byte TOGETHER = '\n';
    /// What those who append may wait for while the file is begun anew.
    private static final long BRIEF = 4 << 20;

    private final Disk disk;
    private final Path file;
    private final boolean revocable;
    private Disk.Handle handle;
    private final Object appending = new Object();
    private final Object writing = new Object();
    private List<byte[]> pending = new ArrayList<>();
    private volatile long appended;
    private volatile long end;
    private volatile long forced;
    private boolean spoiled;
    private boolean closed;
    private @Nullable IOException failure;
    private volatile long written;
    private volatile long durable;
    /// First, exclusive, and last ticket of what was given up; a failure of the disk each.
    private final List<long[]> revoked = new CopyOnWriteArrayList<>();

    /// Opens or begins a journal.
    ///
    /// @param revocable whether nothing more is written after a failure until [#revoke]; otherwise what could not be
    ///     written is tried again with what comes next
    public RecordFile(Disk disk, Path file, boolean revocable) throws IOException {
        this.disk = disk;
        this.file = file;
        this.revocable = revocable;
        var folder = Disk.folderOf(file);
        disk.createFolders(folder);
        this.handle = disk.open(file);
        disk.force(folder);
    }

    /// Tells all records so far, and has them on the disk. Called once, first.
    ///
    /// @param into may throw where it cannot understand a record
    /// @return LOC006 where the last record was torn, and cut
    /// @throws UnreadableFile LOC001 or LOC002; the file is as it was
    public List<Diagnostic> replay(Consumer<byte[]> into) throws IOException {
        long size = handle.size();
        if (size == 0) {
            return List.of();
        }
        try (var records = new RecordStream(disk.read(file, 0))) {
            for (var record = records.next(); record != null; record = records.next()) {
                tell(record, into);
                end = records.offset();
            }
        }
        List<Diagnostic> said = end < size ? List.of(cut(size)) : List.of();
        // What is done by it from now on must not be undone by a power failure that takes it back.
        handle.force();
        forced = end;
        return said;
    }

    private void tell(byte[] record, Consumer<byte[]> into) {
        try {
            into.accept(plain(record));
        } catch (RuntimeException e) {
            throw StoreFindings.senseless(file, end, e);
        }
    }

    /// The record without what says how it was written.
    static byte[] plain(byte[] record) {
        return isTogether(record) ? Arrays.copyOf(record, record.length - 1) : record;
    }

    private static boolean isTogether(byte[] record) {
        return record[record.length - 1] == TOGETHER;
    }

    /// Cuts the torn end, and keeps it beside the file.
    private Diagnostic cut(long size) throws IOException {
        var search = new RecordSearch(handle);
        for (var found = search.next(end + 1); found != null; found = search.next(found.end())) {
            if (!isTogether(found.text())) {
                throw StoreFindings.damaged(file, end, found.at());
            }
        }
        var aside = file.resolveSibling(file.getFileName() + ".torn-at-" + end);
        try (var to = disk.create(aside)) {
            var buffer = ByteBuffer.allocate(1 << 16);
            for (long at = end; at < size; ) {
                int count = handle.read(buffer.clear(), at);
                to.write(buffer.flip(), at - end);
                at += count;
            }
            to.force();
        }
        handle.truncate(end);
        return StoreFindings.torn(file, end, size - end, aside);
    }

    /// Takes a record down.
    ///
    /// @return a ticket for [#await]
    public long append(byte[] text) {
        synchronized (appending) {
            pending.add(text);
            return ++appended;
        }
    }

    /// The ticket of what was appended last.
    public long appended() {
        return appended;
    }

    /// The last ticket that is on the disk.
    public long durable() {
        return durable;
    }

    /// Waits until the record is on the disk.
    ///
    /// @throws IOException where it is not, or was revoked
    public void await(long ticket) throws IOException {
        if (durable < ticket) {
            synchronized (writing) {
                if (durable < ticket) {
                    write();
                    force();
                }
            }
        }
        for (var range : revoked) {
            if (ticket > range[0] && ticket <= range[1]) {
                throw new IOException("what was done is not done, since it could not be written");
            }
        }
    }

    /// Waits until the record outlives the process, though not the machine.
    public void write(long ticket) throws IOException {
        if (written < ticket) {
            synchronized (writing) {
                if (written < ticket) {
                    write();
                }
            }
        }
    }

    private void write() throws IOException {
        if (failure != null) {
            throw new IOException("an earlier write failed: " + failure.getMessage(), failure);
        }
        List<byte[]> batch;
        long last;
        synchronized (appending) {
            batch = pending;
            last = appended;
            pending = new ArrayList<>();
        }
        if (batch.isEmpty()) {
            written = last;
            return;
        }
        boolean done = false;
        try {
            if (spoiled) {
                clear();
            }
            var bytes = batch(batch);
            spoiled = true;
            handle.write(ByteBuffer.wrap(bytes), end);
            spoiled = false;
            end += bytes.length;
            written = last;
            done = true;
        } catch (IOException e) {
            failed(e);
            throw e;
        } finally {
            if (!done) {
                synchronized (appending) {
                    batch.addAll(pending);
                    pending = batch;
                }
            }
        }
    }

    private void force() throws IOException {
        try {
            handle.force();
        } catch (IOException e) {
            if (revocable) {
                end = forced;
                spoiled = true;
            }
            failed(e);
            throw e;
        }
        forced = end;
        durable = written;
    }

    private void failed(IOException e) {
        if (revocable) {
            failure = e;
        }
        try {
            if (spoiled) {
                clear();
            }
        } catch (IOException again) {
            // Before the next write.
            e.addSuppressed(again);
        }
    }

    /// Takes away what was written in part: a record of it may be whole, and would be told at the next start.
    private void clear() throws IOException {
        handle.truncate(end);
        handle.force();
        forced = end;
        spoiled = false;
    }

    private byte[] batch(List<byte[]> batch) {
        var out = new ByteArrayOutputStream();
        boolean together = end > forced;
        for (var text : batch) {
            out.writeBytes(framed(text, together));
            together = true;
        }
        return out.toByteArray();
    }

    /// A journal of these records, each written by itself.
    static byte[] framed(Iterable<byte[]> records) {
        var out = new ByteArrayOutputStream();
        records.forEach(record -> out.writeBytes(framed(record, false)));
        return out.toByteArray();
    }

    static byte[] framed(byte[] text, boolean together) {
        var record = together ? Arrays.copyOf(text, text.length + 1) : text;
        if (together) {
            record[text.length] = TOGETHER;
        }
        return ByteBuffer.allocate(RecordSearch.HEAD + record.length)
                .putInt(record.length)
                .putInt(RecordSearch.crc(record))
                .put(record)
                .array();
    }

    /// Gives up all records that are not on the disk, after a failure. Nobody appends meanwhile.
    ///
    /// @return the last ticket that stays
    public long revoke() {
        synchronized (writing) {
            synchronized (appending) {
                if (failure != null) {
                    revoked.add(new long[] {durable, appended});
                    pending.clear();
                    failure = null;
                }
                return durable;
            }
        }
    }

    /// Records that somebody has one after another.
    @FunctionalInterface
    public interface Records {
        void forEach(Consumer<byte[]> into);
    }

    /// Begins the file anew with these records alone, in one step. Only before the first [#append], and where all that
    /// was appended is on the disk and nobody appends meanwhile.
    public void rewrite(Records records) throws IOException {
        try (var fresh = new FreshJournal(disk, file)) {
            records.forEach(record -> {
                try {
                    fresh.add(record);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            take(fresh);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Tells the records that are on the disk once more.
    public void read(Consumer<byte[]> into) throws IOException {
        try (var records = new RecordStream(disk.read(file, 0))) {
            for (var record = records.next(); record != null && records.offset() <= forced; record = records.next()) {
                into.accept(plain(record));
            }
        }
    }

    /// Begins the file anew, in one step, without those of its records that are of no use any more. Others may append
    /// meanwhile, and wait only while the last of what they appended is taken over. One thread at a time.
    ///
    /// @param useful is asked for once, when it is settled which records it will decide about: all that were appended
    ///     later stay
    public void compact(Supplier<Predicate<byte[]>> useful) throws IOException {
        replace(() -> {
            var decides = useful.get();
            return record -> Optional.of(record).filter(decides);
        });
    }

    /// Begins the file anew like [#compact], where a record may also leave a shorter one behind.
    ///
    /// @param becomes is asked for once, as there; says what comes in the place of a record, if anything
    public void replace(Supplier<Function<byte[], Optional<byte[]>>> becomes) throws IOException {
        long upTo = settled();
        var decides = becomes.get();
        try (var fresh = new FreshJournal(disk, file)) {
            fresh.copy(0, upTo, decides);
            for (long more = settled(); more - upTo > BRIEF; more = settled()) {
                fresh.copy(upTo, more, Optional::of);
                upTo = more;
            }
            synchronized (writing) {
                write();
                fresh.copy(upTo, end, Optional::of);
                take(fresh);
            }
        }
    }

    /// Where the file ends when everything that was appended is on the disk.
    private long settled() throws IOException {
        synchronized (writing) {
            write();
            force();
            return end;
        }
    }

    private void take(FreshJournal fresh) throws IOException {
        synchronized (writing) {
            if (closed) {
                throw new IOException("the journal was closed, and its file may be another's");
            }
            fresh.move();
            try (var before = handle) {
                handle = disk.open(file);
                end = handle.size();
                forced = end;
                disk.force(Disk.folderOf(file));
                durable = written;
            } catch (IOException e) {
                // What is written to the file that was there before is written to no file.
                failure = e;
                throw e;
            }
        }
    }

    /// All that was appended so far.
    public List<byte[]> records() throws IOException {
        write(appended);
        var found = new ArrayList<byte[]>();
        try (var records = new RecordStream(disk.read(file, 0))) {
            for (var record = records.next(); record != null; record = records.next()) {
                found.add(plain(record));
            }
        }
        return found;
    }

    public long length() {
        return end;
    }

    @Override
    public void close() {
        synchronized (writing) {
            closed = true;
            try (var closing = handle) {
                await(appended);
            } catch (IOException e) {
                System.getLogger("dev.baton.local").log(System.Logger.Level.ERROR, "cannot end " + file, e);
            }
        }
    }
}
