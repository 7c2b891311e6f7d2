package dev.baton.local.internal;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The records of a journal from its beginning to the first that is broken.
final class RecordStream implements Closeable {
    private final DataInputStream in;
    private long offset;

    RecordStream(InputStream in) {
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
    }

    /// Where the record ends that was told last.
    long offset() {
        return offset;
    }

    /// Nothing at the end, and where a record is broken.
    byte @Nullable [] next() throws IOException {
        try {
            int length = in.readInt();
            int crc = in.readInt();
            if (length <= 0 || length > RecordSearch.MAX_RECORD) {
                return null;
            }
            var text = in.readNBytes(length);
            if (text.length < length || RecordSearch.crc(text) != crc) {
                return null;
            }
            offset += RecordSearch.HEAD + length;
            return text;
        } catch (EOFException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
