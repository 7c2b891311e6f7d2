package dev.baton.local.internal;

import dev.baton.json.JsonException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A file that only grows: length, CRC-32C and JSON text of each record.
///
/// A process that is ended while it writes leaves a torn end, which the next start sets aside; what [#await] returned
/// for stands before it. Those who wait at the same time share one write.
public final class JournalFile implements AutoCloseable {
    private static final int MAX_RECORD = 64 << 20;
    private static final int RECORD_HEAD = 8;

    private final Path file;
    private final boolean forced;
    private FileChannel channel;
    private final Object appending = new Object();
    private final Object writing = new Object();
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private volatile long appended;
    private long end;
    private volatile long durable;

    /// Opens or begins a journal.
    ///
    /// @param forced whether [#await] waits for the disk, so that a machine may lose its power; otherwise for the
    ///     operating system, so that the process may die
    public JournalFile(Path file, boolean forced) throws IOException {
        this.file = file;
        this.forced = forced;
        this.channel = open(file);
        force(file);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// Makes sure that the file is in its folder.
    private static void force(Path file) throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /// Tells all records so far. Called once, first.
    ///
    /// @param into may throw a [JsonException] where it cannot read a record: it is then the torn end
    public void replay(Consumer<byte[]> into) throws IOException {
        long size = channel.size();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (end < size) {
                var record = next(in);
                if (record == null) {
                    break;
                }
                into.accept(record);
                end += RECORD_HEAD + (long) record.length;
            }
        } catch (JsonException e) {
            System.getLogger("dev.baton.local").log(System.Logger.Level.WARNING, "cannot read all of " + file, e);
        }
        if (end < size) {
            setAside(size);
        }
    }

    /// Nothing where the end is torn.
    private static byte @Nullable [] next(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            int crc = in.readInt();
            if (length <= 0 || length > MAX_RECORD) {
                return null;
            }
            var text = in.readNBytes(length);
            return text.length < length || crc(text) != crc ? null : text;
        } catch (EOFException e) {
            return null;
        }
    }

    /// Keeps what cannot be read, for whoever wants to look at it, and goes on before it.
    private void setAside(long size) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ".torn-at-" + end);
        try (var to = FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.transferTo(end, size - end, to);
            to.force(true);
        }
        channel.truncate(end);
        channel.force(true);
    }

    /// Takes a record down.
    ///
    /// @return a ticket for [#await]
    public long append(byte[] text) {
        var record = framed(text);
        synchronized (appending) {
            pending.writeBytes(record);
            return ++appended;
        }
    }

    /// The ticket of what was appended last.
    public long appended() {
        return appended;
    }

    private static byte[] framed(byte[] text) {
        return ByteBuffer.allocate(RECORD_HEAD + text.length)
                .putInt(text.length)
                .putInt(crc(text))
                .put(text)
                .array();
    }

    private static int crc(byte[] text) {
        var crc = new CRC32C();
        crc.update(text);
        return (int) crc.getValue();
    }

    /// Waits until the record is written.
    public void await(long ticket) throws IOException {
        if (durable >= ticket) {
            return;
        }
        synchronized (writing) {
            if (durable < ticket) {
                write();
            }
        }
    }

    /// Writes what is pending. What could not be written stays pending, and is written over the torn end next time.
    private void write() throws IOException {
        ByteArrayOutputStream batch;
        long last;
        synchronized (appending) {
            batch = pending;
            last = appended;
            pending = new ByteArrayOutputStream();
        }
        boolean written = false;
        try {
            var bytes = ByteBuffer.wrap(batch.toByteArray());
            long at = end;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            if (forced) {
                channel.force(false);
            }
            end = at;
            durable = last;
            written = true;
        } finally {
            if (!written) {
                synchronized (appending) {
                    batch.writeBytes(pending.toByteArray());
                    pending = batch;
                }
            }
        }
    }

    /// Begins the file anew with these records alone, in one step. Only before the first [#append].
    public void rewrite(Iterable<byte[]> records) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var to = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(to), 1 << 16);
            for (var record : records) {
                out.write(framed(record));
            }
            out.flush();
            to.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file);
        channel.close();
        channel = open(file);
        end = channel.size();
    }

    public long length() {
        return end;
    }

    @Override
    public void close() {
        try (var closing = channel) {
            await(appended);
            if (!forced) {
                closing.force(false);
            }
        } catch (IOException e) {
            System.getLogger("dev.baton.local").log(System.Logger.Level.ERROR, "cannot end " + file, e);
        }
    }
}
