package dev.baton.local.http.internal;

import dev.baton.local.http.ClientGone;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The bytes that a client sends, with look-ahead for lines.
final class ConnectionInput {
    private static final int SIZE = 16 << 10;

    private final InputStream in;
    private final ConnectionProgress progress;
    private final byte[] buffer = new byte[SIZE];
    private int start;
    private int end;

    ConnectionInput(InputStream in, ConnectionProgress progress) {
        this.in = in;
        this.progress = progress;
    }

    /// Waits for the next byte.
    ///
    /// @return whether there is one
    boolean await() throws IOException {
        return start < end || fill();
    }

    /// A line without its CR LF, each byte a character.
    ///
    /// @param limit longest line taken, in bytes
    /// @throws MalformedRequest where a line is too long or ends in a bare LF
    String line(int limit, int statusIfTooLong) throws IOException {
        StringBuilder before = null;
        while (true) {
            int lineFeed = indexOfLineFeed();
            int length = (lineFeed < 0 ? end : lineFeed) - start + (before == null ? 0 : before.length());
            if (length > limit) {
                throw new MalformedRequest(
                        statusIfTooLong, "A line of the request is longer than " + limit + " bytes.");
            }
            if (lineFeed >= 0) {
                var text = new String(buffer, start, lineFeed - start, StandardCharsets.ISO_8859_1);
                start = lineFeed + 1;
                var line = before == null ? text : before.append(text).toString();
                if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
                    throw new MalformedRequest(400, "A line of the request does not end in CR LF.");
                }
                return line.substring(0, line.length() - 1);
            }
            if (before == null) {
                before = new StringBuilder(256);
            }
            before.append(new String(buffer, start, end - start, StandardCharsets.ISO_8859_1));
            start = end;
            if (!fill()) {
                throw new ClientGone();
            }
        }
    }

    private int indexOfLineFeed() {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Up to that many bytes.
    ///
    /// @throws ClientGone where the client went away
    int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (start == end) {
            if (length >= SIZE) {
                int count = receive(into, offset, length);
                if (count < 0) {
                    throw new ClientGone();
                }
                progress.made();
                return count;
            }
            if (!fill()) {
                throw new ClientGone();
            }
        }
        int count = Math.min(length, end - start);
        System.arraycopy(buffer, start, into, offset, count);
        start += count;
        return count;
    }

    private boolean fill() throws IOException {
        start = 0;
        end = 0;
        int count = receive(buffer, 0, SIZE);
        if (count < 0) {
            return false;
        }
        end = count;
        progress.made();
        return true;
    }

    private int receive(byte[] into, int offset, int length) throws ClientGone {
        try {
            return in.read(into, offset, length);
        } catch (IOException e) {
            throw (ClientGone) new ClientGone().initCause(e);
        }
    }
}
