package dev.baton.lambda.internal.objects;

import dev.baton.lambda.internal.aws.ServiceAnswer;
import dev.baton.lambda.internal.aws.UnsoundAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.Abortable;

/// An object's content on its way from S3. Whoever reads its last byte has read what was written: a checksum that S3
/// tells of the whole object is compared there. Whoever stops before does not wait for the rest.
final class CheckedContent extends FilterInputStream {
    /// What S3 may tell and the SDK computes in Java (it has CRC-64/NVME only in native code), first what our own
    /// writes have.
    private static final List<String> ALGORITHMS = List.of("sha256", "crc32c", "crc32");

    private final Abortable connection;
    private final @Nullable SdkChecksum checksum;
    private final @Nullable String expected;
    /// In bytes: what is still to come. As good as endless where S3 did not say how many there are.
    private long left;

    private boolean ended;

    private CheckedContent(ServiceAnswer answer, @Nullable SdkChecksum checksum, @Nullable String expected) {
        super(answer.content());
        this.connection = answer.content();
        this.left = length(answer);
        this.checksum = checksum;
        this.expected = expected;
    }

    static CheckedContent of(ServiceAnswer answer) {
        for (var algorithm : ALGORITHMS) {
            var expected = ObjectHeaderReader.whole(answer, algorithm);
            if (expected != null) {
                return new CheckedContent(answer, SdkChecksum.forAlgorithm(named(algorithm)), expected);
            }
        }
        return new CheckedContent(answer, null, null);
    }

    private static long length(ServiceAnswer answer) {
        var length = answer.header("Content-Length");
        return length == null ? Long.MAX_VALUE : Long.parseLong(length);
    }

    private static ChecksumAlgorithm named(String algorithm) {
        return switch (algorithm) {
            case "sha256" -> DefaultChecksumAlgorithm.SHA256;
            case "crc32c" -> DefaultChecksumAlgorithm.CRC32C;
            case "crc32" -> DefaultChecksumAlgorithm.CRC32;
            default -> throw new IllegalArgumentException(algorithm);
        };
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var n = in.read(into, offset, length);
        if (n < 0) {
            end();
            return n;
        }
        if (checksum != null) {
            checksum.update(into, offset, n);
        }
        left -= n;
        if (left == 0) {
            // Who knows how much there is does not ask for more.
            end();
        }
        return n;
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

    private void end() throws IOException {
        if (!ended && checksum != null) {
            var actual = Base64.getEncoder().encodeToString(checksum.getChecksumBytes());
            if (!actual.equals(expected)) {
                throw new UnsoundAnswer("the content has the checksum " + actual + " instead of " + expected);
            }
        }
        ended = true;
    }

    @Override
    public void close() throws IOException {
        if (!ended && left > 0) {
            connection.abort();
        }
        super.close();
    }
}
