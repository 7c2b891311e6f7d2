package dev.baton.lambda.internal.task;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Bytes that can be read until the attempt ends.
final class AttemptStream extends FilterInputStream {
    private final AttemptEnd end;
    private final String what;

    /// @param what the bytes are, as a noun
    AttemptStream(InputStream in, AttemptEnd end, String what) {
        super(in);
        this.end = end;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        end.refuseBytes(what);
        return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        end.refuseBytes(what);
        return super.read(into, offset, length);
    }

    @Override
    public long skip(long n) throws IOException {
        end.refuseBytes(what);
        return super.skip(n);
    }
}
