package dev.baton.local.http.internal;

import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Headers;
import dev.baton.local.http.Problem;
import dev.baton.name.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A body that is sent as it is.
///
/// @param sha256 what its hash must be at the end, or nothing where the client left it unsigned
record HashedBody(InputStream raw, long length, @Nullable String sha256) implements AwsRequest.Body {

    @Override
    public InputStream stream() {
        return sha256 == null ? raw : new Checked(raw, sha256);
    }

    @Override
    public Headers trailers() {
        return new Headers(0);
    }

    private static final class Checked extends InputStream {
        private final InputStream in;
        private final String expected;
        private final MessageDigest digest = Sha256.start();
        private boolean ended;

        Checked(InputStream in, String expected) {
            this.in = in;
            this.expected = expected;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (count > 0) {
                digest.update(into, offset, count);
            } else if (count < 0 && !ended) {
                ended = true;
                var computed = HexFormat.of().formatHex(digest.digest());
                if (!computed.equals(expected)) {
                    throw Problem.WRONG_PAYLOAD
                            .error("The provided 'x-amz-content-sha256' header does not match what was computed.")
                            .with("ClientComputedContentSHA256", expected)
                            .with("S3ComputedContentSHA256", computed);
                }
            }
            return count;
        }
    }
}
