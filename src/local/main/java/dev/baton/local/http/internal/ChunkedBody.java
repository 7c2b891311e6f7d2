package dev.baton.local.http.internal;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Headers;
import dev.baton.local.http.Problem;
import dev.baton.name.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An `aws-chunked` body: chunks, each with its own signature where the payload is signed, then trailers.
///
/// See [Signature calculations for chunked
/// uploads](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html).
final class ChunkedBody extends InputStream implements AwsRequest.Body {
    private static final int MAX_LINE = 8 << 10;
    private static final int MAX_TRAILERS = 16;
    private static final String EMPTY_SHA_256 = Sha256.hex(new byte[0]);

    /// The inputs of chunk signatures.
    ///
    /// @param seed the request's own signature, the first in the chain
    record Chain(Hmac key, String amzDate, String scope, String seed) {}

    private final InputStream in;
    private final long decodedLength;
    private final @Nullable Chain chain;
    private final boolean hasTrailers;
    private final Headers trailers = new Headers(2);
    private final MessageDigest digest = Sha256.start();
    private String previous;
    private String announced = "";
    private long remaining;
    private long decoded;
    private boolean first = true;
    private boolean ended;

    /// @param decodedLength what `x-amz-decoded-content-length` says, negative where it is absent
    /// @param chain nothing for `STREAMING-UNSIGNED-PAYLOAD-TRAILER`
    ChunkedBody(InputStream in, long decodedLength, @Nullable Chain chain, boolean hasTrailers) {
        this.in = in;
        this.decodedLength = decodedLength;
        this.chain = chain;
        this.hasTrailers = hasTrailers;
        this.previous = chain == null ? "" : chain.seed();
    }

    @Override
    public InputStream stream() {
        return this;
    }

    @Override
    public long length() {
        return decodedLength;
    }

    @Override
    public Headers trailers() {
        return trailers;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
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
        if (remaining == 0 && !nextChunk()) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw incomplete();
        }
        if (chain != null) {
            digest.update(into, offset, count);
        }
        remaining -= count;
        decoded += count;
        if (decodedLength >= 0 && decoded > decodedLength) {
            throw incomplete();
        }
        if (remaining == 0) {
            verifyChunk();
            expectEmpty(line());
        }
        return count;
    }

    private boolean nextChunk() throws IOException {
        var line = line();
        // Some clients end the head of the first chunk's predecessor with an empty line of its own.
        if (line.isEmpty() && first) {
            line = line();
        }
        first = false;
        int semicolon = line.indexOf(';');
        var size = semicolon < 0 ? line : line.substring(0, semicolon);
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw malformed("a chunk has no length");
        }
        remaining = Long.parseLong(size, 16);
        if (chain != null) {
            var signature = "chunk-signature=";
            int at = line.indexOf(signature);
            if (at < 0) {
                throw malformed("a chunk has no signature");
            }
            announced = line.substring(at + signature.length()).trim();
        }
        if (remaining > 0) {
            return true;
        }
        ended = true;
        verifyChunk();
        readTrailers();
        if (decodedLength >= 0 && decoded != decodedLength) {
            throw incomplete();
        }
        return false;
    }

    private void verifyChunk() {
        if (chain == null) {
            return;
        }
        verify(
                announced,
                "AWS4-HMAC-SHA256-PAYLOAD\n" + chain.amzDate() + "\n" + chain.scope() + "\n" + previous + "\n"
                        + EMPTY_SHA_256 + "\n" + HexFormat.of().formatHex(digest.digest()),
                chain);
    }

    private void verify(String signature, String stringToSign, Chain by) {
        var computed = HexFormat.of().formatHex(by.key().of(stringToSign));
        if (!MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.ISO_8859_1), signature.getBytes(StandardCharsets.ISO_8859_1))) {
            throw Problem.WRONG_SIGNATURE.error(SignatureVerifier.MISMATCH).with("StringToSign", stringToSign);
        }
        previous = computed;
    }

    private void readTrailers() throws IOException {
        var signed = new StringBuilder();
        String signature = null;
        for (int i = 0; i <= MAX_TRAILERS; i++) {
            var line = lineOrEnd();
            if (line == null || line.isEmpty()) {
                if (chain != null && hasTrailers) {
                    verifyTrailers(signature, signed.toString(), chain);
                }
                drain();
                return;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || !hasTrailers) {
                throw malformed("a trailer is not NAME:VALUE");
            }
            var name = line.substring(0, colon).trim();
            var value = line.substring(colon + 1).trim();
            if (name.equalsIgnoreCase("x-amz-trailer-signature")) {
                signature = value;
            } else {
                trailers.add(name, value);
                signed.append(name.toLowerCase(Locale.ROOT))
                        .append(':')
                        .append(value)
                        .append('\n');
            }
        }
        throw malformed("there are more than " + MAX_TRAILERS + " trailers");
    }

    private void verifyTrailers(@Nullable String signature, String signed, Chain by) {
        if (signature == null) {
            throw malformed("the trailers have no signature");
        }
        var hash = Sha256.hex(signed.getBytes(StandardCharsets.ISO_8859_1));
        verify(
                signature,
                "AWS4-HMAC-SHA256-TRAILER\n" + by.amzDate() + "\n" + by.scope() + "\n" + previous + "\n" + hash,
                by);
    }

    /// Nothing may follow the trailers but the end.
    private void drain() throws IOException {
        while (true) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            if (next != '\r' && next != '\n') {
                throw malformed("something follows its end");
            }
        }
    }

    private static void expectEmpty(String line) {
        if (!line.isEmpty()) {
            throw malformed("a chunk is longer than it said");
        }
    }

    private String line() throws IOException {
        var line = lineOrEnd();
        if (line == null) {
            throw incomplete();
        }
        return line;
    }

    private @Nullable String lineOrEnd() throws IOException {
        var line = new ByteArrayOutputStream(96);
        while (line.size() <= MAX_LINE) {
            int next = in.read();
            if (next < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
            }
            if (next == '\n') {
                var text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
        throw malformed("a line is too long");
    }

    private static AwsError incomplete() {
        return new AwsError(
                400,
                "IncompleteBody",
                "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header.");
    }

    private static AwsError malformed(String what) {
        return new AwsError(400, "InvalidChunkSizeError", "The aws-chunked body is malformed: " + what + ".");
    }
}
