package dev.baton.local.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The parts of a `multipart` body, one after the other: it ends where a part ends, and goes on with [#next].
final class PartStream extends InputStream {
    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] one = new byte[1];
    private int from;
    private int to;
    private boolean ended;

    PartStream(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.UTF_8);
        // The first delimiter may stand at the very beginning.
        buffer[0] = '\r';
        buffer[1] = '\n';
        to = 2;
    }

    /// Skips the rest of the part.
    ///
    /// @return whether another one follows
    boolean next() throws IOException {
        skip(Long.MAX_VALUE);
        from += delimiter.length;
        int first = raw();
        int second = raw();
        if (first == '-' && second == '-') {
            return false;
        }
        // Blanks may follow a delimiter on its line (RFC 2046, 5.1.1).
        while (first == ' ' || first == '\t') {
            first = second;
            second = raw();
        }
        if (first != '\r' || second != '\n') {
            throw MultipartForm.malformed();
        }
        return true;
    }

    /// The headers of the part, up to the empty line.
    String head(int most) throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = raw();
            if (next < 0) {
                throw MultipartForm.malformed();
            }
            head.write(next);
            matched = next == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : next == '\r' ? 1 : 0;
            if (head.size() > most) {
                throw MultipartForm.tooMuch();
            }
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    private int raw() throws IOException {
        if (from == to && !fill()) {
            return -1;
        }
        return buffer[from++] & 0xff;
    }

    /// More into the buffer.
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int count = in.read(buffer, to, buffer.length - to);
        ended = count < 0;
        to += Math.max(0, count);
        return !ended;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int end = end();
            if (end > from) {
                int count = Math.min(length, end - from);
                System.arraycopy(buffer, from, into, offset, count);
                from += count;
                return count;
            }
            if (to - from >= delimiter.length && isDelimiter(from)) {
                return -1;
            }
            if (!fill()) {
                throw MultipartForm.malformed();
            }
        }
    }

    /// Up to where the buffer holds content for sure.
    private int end() {
        int last = to - delimiter.length;
        for (int i = from; i <= last; i++) {
            if (buffer[i] == delimiter[0] && isDelimiter(i)) {
                return i;
            }
        }
        // What remains may be the beginning of a delimiter from its first line break on.
        int i = Math.max(from, last + 1);
        while (i < to && buffer[i] != delimiter[0]) {
            i++;
        }
        return i;
    }

    private boolean isDelimiter(int at) {
        for (int i = 0; i < delimiter.length; i++) {
            if (buffer[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long skip(long count) throws IOException {
        var ignored = new byte[8 << 10];
        long skipped = 0;
        while (skipped < count) {
            int read = read(ignored, 0, (int) Math.min(ignored.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }
}
