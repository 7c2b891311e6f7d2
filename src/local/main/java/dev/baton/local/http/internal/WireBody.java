package dev.baton.local.http.internal;

import java.io.IOException;
import java.io.InputStream;

/// The body of a request as HTTP frames it: of a known length or in chunks. Ends where the body ends, so that the
/// next request can follow.
final class WireBody extends InputStream {
    private static final int MAX_CHUNK_LINE = 4 << 10;

    private final ConnectionInput in;
    private final ConnectionProgress progress;
    private final boolean chunked;
    private final byte[] one = new byte[1];
    private long remaining;
    private boolean first = true;
    private boolean touched;
    private boolean ended;
    private final Runnable beforeReading;

    /// @param length in bytes, or -1 for chunks
    /// @param beforeReading what the client waits for before it sends the body
    WireBody(ConnectionInput in, ConnectionProgress progress, long length, Runnable beforeReading) {
        this.in = in;
        this.progress = progress;
        this.chunked = length < 0;
        this.remaining = Math.max(0, length);
        this.ended = length == 0;
        this.beforeReading = beforeReading;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        if (!touched) {
            touched = true;
            beforeReading.run();
        }
        progress.now(ConnectionProgress.Waiting.BODY);
        try {
            return receive(into, offset, length);
        } finally {
            progress.now(ConnectionProgress.Waiting.ANSWER);
        }
    }

    private int receive(byte[] into, int offset, int length) throws IOException {
        if (chunked && remaining == 0 && !nextChunk()) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, remaining));
        remaining -= count;
        ended = !chunked && remaining == 0;
        return count;
    }

    private boolean nextChunk() throws IOException {
        if (!first && !in.line(MAX_CHUNK_LINE, 400).isEmpty()) {
            throw new MalformedRequest(400, "A chunk is longer than it said.");
        }
        first = false;
        var line = in.line(MAX_CHUNK_LINE, 400);
        int semicolon = line.indexOf(';');
        var size = (semicolon < 0 ? line : line.substring(0, semicolon)).trim();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new MalformedRequest(400, "A chunk has no length.");
        }
        remaining = Long.parseLong(size, 16);
        if (remaining > 0) {
            return true;
        }
        RequestHead.headers(in, 8 << 10);
        ended = true;
        return false;
    }

    boolean hasEnded() {
        return ended;
    }

    /// Whether the client still waits for leave to send the body.
    boolean isUntouched() {
        return !touched && !ended;
    }
}
