package dev.baton.local.s3;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A file that only grows: length, CRC-32C and JSON text of each change.
///
/// A process that is ended while it writes leaves a torn end, which the next start sets aside; whatever was answered
/// stands before it, since [#await] returns only when the disk has it. Those who wait at the same time share one write.
final class FileJournal implements Journal {
    private static final int MAX_RECORD = 64 << 20;
    private static final int RECORD_HEAD = 8;

    private final Path folder;
    private final Path file;
    private FileChannel channel;
    private final Object appending = new Object();
    private final Object writing = new Object();
    private ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long appended;
    private long end;
    private volatile long durable;

    /// Opens or begins the journal of a folder.
    FileJournal(Path folder) throws IOException {
        this.folder = folder;
        this.file = folder.resolve("journal");
        this.channel = open(file);
        FileBlobs.force(folder);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void replay(Consumer<Change> into) throws IOException {
        long size = channel.size();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            while (end < size) {
                var change = next(in);
                if (change == null) {
                    break;
                }
                into.accept(change.change());
                end += change.length();
            }
        }
        if (end < size) {
            setAside(size);
        }
    }

    private record Read(Change change, long length) {}

    /// Nothing where the end is torn.
    private static @Nullable Read next(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            int crc = in.readInt();
            if (length <= 0 || length > MAX_RECORD) {
                return null;
            }
            var text = in.readNBytes(length);
            if (text.length < length || crc(text) != crc) {
                return null;
            }
            return new Read(ChangeJson.change(Json.parseObject(text)), RECORD_HEAD + (long) length);
        } catch (EOFException | JsonException e) {
            return null;
        }
    }

    /// Keeps what cannot be read, for whoever wants to look at it, and goes on before it.
    private void setAside(long size) throws IOException {
        var aside = folder.resolve("journal.torn-at-" + end);
        try (var to = FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.transferTo(end, size - end, to);
            to.force(true);
        }
        channel.truncate(end);
        channel.force(true);
    }

    @Override
    public long append(Change change) {
        var record = encoded(change);
        synchronized (appending) {
            pending.writeBytes(record);
            return ++appended;
        }
    }

    private static byte[] encoded(Change change) {
        var text = Json.bytes(ChangeJson.json(change));
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

    @Override
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
            channel.force(false);
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

    /// Begins the file anew with these changes alone, in one step. Only before the first [#append].
    void rewrite(List<Change> changes) throws IOException {
        var fresh = folder.resolve("journal.new");
        long length = 0;
        try (var to = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (var change : changes) {
                var record = ByteBuffer.wrap(encoded(change));
                while (record.hasRemaining()) {
                    length += to.write(record);
                }
            }
            to.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        FileBlobs.force(folder);
        channel.close();
        channel = open(file);
        end = length;
    }

    long length() {
        return end;
    }

    @Override
    public void close() {
        try (var closing = channel) {
            long last;
            synchronized (appending) {
                last = appended;
            }
            await(last);
        } catch (IOException e) {
            System.getLogger("dev.baton.local").log(System.Logger.Level.ERROR, "cannot end " + file, e);
        }
    }
}
