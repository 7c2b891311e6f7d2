package dev.baton.local.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A search for whole records in a journal, where the record before them is broken and does not say where it ends.
///
/// A length of four letters is far above the longest record, so that text hardly ever looks like one.
final class RecordSearch {
    static final int MAX_RECORD = 64 << 20;
    static final int HEAD = 8;
    private static final int WINDOW = 1 << 20;

    private final Disk.Handle file;
    private final long size;
    private long start = -1;
    private ByteBuffer window = ByteBuffer.allocate(0);

    RecordSearch(Disk.Handle file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /// A record and where it begins.
    record Found(long at, byte[] text) {
        long end() {
            return at + HEAD + text.length;
        }
    }

    /// The first whole record that begins here or later.
    @Nullable Found next(long from) throws IOException {
        for (long at = from; at + HEAD < size; at++) {
            var found = at(at);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Found at(long at) throws IOException {
        int here = show(at);
        int length = window.getInt(here);
        if (length <= 0 || length > MAX_RECORD || at + HEAD + length > size) {
            return null;
        }
        var first = window.get(here + HEAD);
        if (first != '{' && first != '[') {
            return null;
        }
        var text = ByteBuffer.allocate(length);
        read(text, at + HEAD);
        return crc(text.array()) == window.getInt(here + Integer.BYTES) ? new Found(at, text.array()) : null;
    }

    /// Where in the window the offset is, with a head and one byte after it.
    private int show(long at) throws IOException {
        if (start < 0 || at < start || at + HEAD + 1 > start + window.limit()) {
            window = ByteBuffer.allocate((int) Math.min(WINDOW, size - at));
            read(window, at);
            start = at;
        }
        return (int) (at - start);
    }

    private void read(ByteBuffer into, long at) throws IOException {
        for (long next = at; into.hasRemaining(); ) {
            int count = file.read(into, next);
            if (count < 0) {
                throw new IOException("the journal became shorter while it was read");
            }
            next += count;
        }
    }

    static int crc(byte[] text) {
        var crc = new CRC32C();
        crc.update(text);
        return (int) crc.getValue();
    }
}
