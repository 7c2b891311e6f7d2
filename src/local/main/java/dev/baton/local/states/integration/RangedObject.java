package dev.baton.local.states.integration;

import dev.baton.engine.data.ObjectAccessException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// An object that is read some megabytes at a time, however long it is. All of them are of the version that was there
/// when the reading began.
final class RangedObject extends InputStream {
    private static final int STEP = 4 << 20;

    private final Ranges ranges;
    private @Nullable String etag;
    private byte[] bytes = new byte[0];
    private int at;
    private long next;
    private boolean last;

    /// Asks for a part of the object.
    @FunctionalInterface
    interface Ranges {
        /// @param range as HTTP says it
        /// @param etag which version, or null for the one that is there now
        /// @return null where nothing is there
        ServiceCalls.@Nullable Answer get(String range, @Nullable String etag) throws ObjectAccessException;
    }

    /// @throws ObjectAccessException when it cannot be read
    RangedObject(Ranges ranges) throws ObjectAccessException {
        this.ranges = ranges;
        step();
    }

    private void step() throws ObjectAccessException {
        var answer = ranges.get("bytes=" + next + "-" + (next + STEP - 1), etag);
        bytes = answer == null ? new byte[0] : answer.bytes();
        at = 0;
        next += bytes.length;
        last = bytes.length < STEP;
        if (answer != null && etag == null) {
            etag = answer.headers().get("ETag");
        }
    }

    private boolean isOver() throws IOException {
        if (at == bytes.length && !last) {
            try {
                step();
            } catch (ObjectAccessException e) {
                throw new IOException(e.cause(), e);
            }
        }
        return at == bytes.length;
    }

    @Override
    public int read() throws IOException {
        return isOver() ? -1 : bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isOver()) {
            return -1;
        }
        var count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, into, offset, count);
        at += count;
        return count;
    }
}
