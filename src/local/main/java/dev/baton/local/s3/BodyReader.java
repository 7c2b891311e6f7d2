package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.ClientGone;
import dev.baton.local.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes bytes in: stores them while it checks them against all that the client said about them.
record BodyReader(Blobs blobs) {
    static final long MAX_PUT = 5L << 30;
    private static final int BUFFER = 64 << 10;

    /// A body that was received.
    ///
    /// @param md5 in hex
    /// @param checksum the one to keep
    /// @param given the one that the client speaks of; mostly the same
    record Received(Blob blob, String md5, Checksum checksum, Checksum given) {}

    /// The checksum of the bytes as the client says it.
    ///
    /// @param value nothing where it follows the bytes as a trailer, or where the client says nothing at all
    record Expected(ChecksumAlgorithm algorithm, @Nullable String value, boolean inTrailer) {

        /// @param otherwise what is taken where the client asks for nothing
        static Expected of(Headers headers, ChecksumAlgorithm otherwise) {
            Expected found = null;
            for (var algorithm : ChecksumAlgorithm.values()) {
                var value = headers.get(algorithm.header());
                if (value != null) {
                    if (found != null) {
                        throw S3Error.invalidRequest(
                                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
                    }
                    if (!algorithm.isValue(value)) {
                        throw S3Error.invalidRequest("Value for " + algorithm.header() + " header is invalid.");
                    }
                    found = new Expected(algorithm, value, false);
                }
            }
            var trailer = headers.get("x-amz-trailer");
            if (trailer != null) {
                var algorithm = inTrailer(trailer);
                if (found != null) {
                    throw S3Error.invalidRequest(
                            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
                }
                return new Expected(algorithm, null, true);
            }
            if (found == null && headers.has("x-amz-sdk-checksum-algorithm")) {
                throw S3Error.invalidRequest("x-amz-sdk-checksum-algorithm specified, but no corresponding "
                        + "x-amz-checksum-* or x-amz-trailer headers were found.");
            }
            return found == null ? new Expected(otherwise, null, false) : found;
        }

        private static ChecksumAlgorithm inTrailer(String trailer) {
            for (var algorithm : ChecksumAlgorithm.values()) {
                if (trailer.strip().toLowerCase(Locale.ROOT).equals(algorithm.header())) {
                    return algorithm;
                }
            }
            throw S3Error.invalidRequest("The value specified in the x-amz-trailer header is not supported");
        }
    }

    /// The body of a request.
    ///
    /// @param kept the checksum to keep, whichever the client speaks of
    /// @throws AwsError where the body is not what the client said
    Received receive(AwsRequest request, Expected expected, ChecksumAlgorithm kept) throws IOException {
        long length = request.body().length();
        if (length > MAX_PUT) {
            throw S3Error.entityTooLarge(length, MAX_PUT);
        }
        if (length < 0) {
            throw new AwsError(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
        }
        var body = request.body();
        return receive(request.headers(), body.stream(), length, body::trailers, expected, kept);
    }

    /// The file of a form, whose length nobody said.
    Received receive(Headers headers, InputStream file, Expected expected) throws IOException {
        return receive(headers, file, -1, () -> new Headers(0), expected, expected.algorithm());
    }

    private Received receive(
            Headers headers,
            InputStream content,
            long length,
            Supplier<Headers> trailers,
            Expected expected,
            ChecksumAlgorithm kept)
            throws IOException {
        var md5 = contentMd5(headers.get("Content-MD5"));
        Received received;
        try (content) {
            received = store(content, length, kept, expected.algorithm());
        } catch (ClientGone e) {
            throw S3Error.incompleteBody();
        }
        try {
            check(received, md5, expected, trailers.get());
        } catch (AwsError e) {
            blobs.release(received.blob());
            throw e;
        }
        return received;
    }

    /// Refuses a request that says nothing about its body, where S3 would not risk that the wire spoiled it.
    ///
    /// See [DeleteObjects](https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html).
    static void requireDigest(Headers headers) {
        if (!headers.has("Content-MD5")
                && !headers.has("x-amz-trailer")
                && Stream.of(ChecksumAlgorithm.values()).noneMatch(algorithm -> headers.has(algorithm.header()))) {
            throw S3Error.invalidRequest("Missing required header for this request: Content-MD5");
        }
    }

    /// A document that is kept nowhere, against what the client said about its bytes.
    static void check(AwsRequest request, byte[] document) {
        var expected = Expected.of(request.headers(), ChecksumAlgorithm.CRC32);
        var running = expected.algorithm().start();
        running.update(document, 0, document.length);
        var checksum = Checksum.full(expected.algorithm(), running.digest());
        var received = new Received(
                new Blob.InMemory(document), HexFormat.of().formatHex(md5().digest(document)), checksum, checksum);
        check(
                received,
                contentMd5(request.headers().get("Content-MD5")),
                expected,
                request.body().trailers());
    }

    private static void check(Received received, @Nullable String md5, Expected expected, Headers trailers) {
        if (md5 != null && !md5.equals(received.md5())) {
            throw new AwsError(400, "BadDigest", "The Content-MD5 you specified did not match what we received.")
                    .with("ExpectedDigest", md5)
                    .with("CalculatedDigest", received.md5());
        }
        var value = expected.inTrailer() ? trailers.get(expected.algorithm().header()) : expected.value();
        if (expected.inTrailer() && value == null) {
            throw new AwsError(
                    400, "MalformedTrailerError", "The request contained trailing data that was not well-formed.");
        }
        if (value != null && !value.equals(received.given().value())) {
            throw S3Error.badDigest(expected.algorithm().name());
        }
    }

    private static @Nullable String contentMd5(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            var digest = Base64.getDecoder().decode(header);
            if (digest.length == 16) {
                return HexFormat.of().formatHex(digest);
            }
        } catch (IllegalArgumentException e) {
            throw invalidDigest();
        }
        throw invalidDigest();
    }

    private static AwsError invalidDigest() {
        return new AwsError(400, "InvalidDigest", "The Content-MD5 you specified was invalid.");
    }

    /// Stores what a stream holds.
    ///
    /// @param length what is likely to come
    Received store(InputStream in, long length, ChecksumAlgorithm algorithm) throws IOException {
        return store(in, length, algorithm, algorithm);
    }

    private Received store(InputStream in, long length, ChecksumAlgorithm kept, ChecksumAlgorithm given)
            throws IOException {
        var md5 = md5();
        var checksum = kept.start();
        var other = kept == given ? null : given.start();
        try (var incoming = blobs.begin(length)) {
            var buffer = new byte[(int) Math.max(1, Math.min(BUFFER, length < 0 ? BUFFER : length))];
            while (true) {
                int count = in.read(buffer, 0, buffer.length);
                if (count < 0) {
                    break;
                }
                md5.update(buffer, 0, count);
                checksum.update(buffer, 0, count);
                if (other != null) {
                    other.update(buffer, 0, count);
                }
                incoming.write(buffer, 0, count);
            }
            var keep = Checksum.full(kept, checksum.digest());
            return new Received(
                    incoming.finish(),
                    HexFormat.of().formatHex(md5.digest()),
                    keep,
                    other == null ? keep : Checksum.full(given, other.digest()));
        }
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }
}
