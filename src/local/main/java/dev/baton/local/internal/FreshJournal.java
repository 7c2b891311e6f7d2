package dev.baton.local.internal;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// A journal that is written beside another one, to take its place in one step.
final class FreshJournal implements Closeable {
    private static final int WORTH_WRITING = 1 << 16;

    private final Disk disk;
    private final Path place;
    private final Path file;
    private final Disk.Handle handle;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long at;
    private boolean moved;

    FreshJournal(Disk disk, Path place) throws IOException {
        this.disk = disk;
        this.place = place;
        this.file = place.resolveSibling(place.getFileName() + ".new");
        this.handle = disk.create(file);
    }

    void add(byte[] record) throws IOException {
        out.writeBytes(RecordFile.framed(record, false));
        if (out.size() > WORTH_WRITING) {
            write();
        }
    }

    /// Takes over what the journal in its place has between two ends of records.
    ///
    /// @param becomes what comes in the place of a record, if anything
    void copy(long from, long to, Function<byte[], Optional<byte[]>> becomes) throws IOException {
        if (from == to) {
            return;
        }
        var next = from;
        try (var records = new RecordStream(disk.read(place, from))) {
            while (next < to) {
                var record = records.next();
                if (record == null) {
                    throw new IOException("a record of " + place + " at " + next + " cannot be read any more");
                }
                var after = becomes.apply(RecordFile.plain(record));
                if (after.isPresent()) {
                    add(after.get());
                }
                next = from + records.offset();
            }
        }
    }

    private void write() throws IOException {
        handle.write(ByteBuffer.wrap(out.toByteArray()), at);
        at += out.size();
        out.reset();
    }

    /// Is what lies in the place from now on, though a loss of power may take that back until its folder is forced.
    void move() throws IOException {
        write();
        handle.force();
        handle.close();
        disk.move(file, place);
        moved = true;
    }

    /// Leaves nothing behind that did not take the place: the disk may be full.
    @Override
    public void close() throws IOException {
        handle.close();
        if (!moved) {
            disk.delete(file);
        }
    }
}
