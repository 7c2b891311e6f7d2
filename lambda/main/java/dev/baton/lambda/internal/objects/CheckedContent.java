package dev.baton.lambda.internal.objects;

import dev.baton.lambda.internal.SdkMessages;
import java.io.FilterInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;

/// An object's content on its way from S3. Whoever reads its last byte has read what was written: the SDK compares a
/// checksum that S3 tells of the whole object where the content ends. Whoever stops before does not wait for the rest.
final class CheckedContent extends FilterInputStream {
    private final AbortableInputStream connection;
    /// In bytes: what is still to come. As good as endless where S3 did not say how many there are.
    private long left;

    /// @param length in bytes, as S3 says it
    CheckedContent(AbortableInputStream content, @Nullable Long length) {
        super(content);
        this.connection = content;
        this.left = length == null ? Long.MAX_VALUE : length;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            var n = in.read(into, offset, length);
            left = n < 0 ? 0 : left - n;
            if (n > 0 && left == 0) {
                // Who knows how much there is does not ask for more: the end has to be seen for him.
                in.read();
            }
            return n;
        } catch (AbortedException e) {
            throw e;
        } catch (SdkClientException e) {
            throw new IOException(SdkMessages.of(e), e);
        }
    }

    /// By reading: what is not seen cannot be checked.
    @Override
    public long skip(long n) throws IOException {
        var skipped = 0L;
        var chunk = new byte[Math.clamp(n, 0, 1 << 16)];
        while (skipped < n) {
            var read = read(chunk, 0, (int) Math.min(chunk.length, n - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (left > 0) {
            connection.abort();
        }
        super.close();
    }
}
