package dev.baton.local.http;

import dev.baton.local.caller.Caller;
import dev.baton.local.iam.policy.RequestContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as it came, and who signed it.
public final class AwsRequest {
    private final String method;
    private final String rawPath;
    private final String rawQuery;
    private final Headers headers;
    private final Body body;
    private final Signed signed;
    private final String id;
    private final String sourceIp;
    private final Instant time;
    private final QueryParameters query;
    private byte @Nullable [] bytes;
    private @Nullable MultipartForm form;

    /// The content of a request.
    public interface Body {

        /// The content, decoded and verified while it is read: the read that meets the end fails with an [AwsError]
        /// where a hash or signature is wrong.
        InputStream stream();

        /// The length of [#stream()] in bytes, as the client announced it; negative where it did not.
        long length();

        /// The headers after the content of an `aws-chunked` body; empty until the end was read.
        Headers trailers();

        /// Content that is at hand.
        static Body of(byte[] content) {
            return new Whole(content);
        }
    }

    /// The content of a signature.
    ///
    /// @param caller whose it is
    /// @param accessKeyId the keys it was made with; empty for [Caller#ANONYMOUS]
    /// @param region of the credential scope, such as `us-east-1`
    /// @param presigned whether it stood in the query string
    /// @param age milliseconds since it was made
    public record Signed(Caller caller, String accessKeyId, String region, boolean presigned, long age) {}

    public AwsRequest(
            String method,
            String rawPath,
            String rawQuery,
            Headers headers,
            Body body,
            Signed signed,
            String id,
            String sourceIp,
            Instant time) {
        this(method, rawPath, rawQuery, headers, body, signed, id, sourceIp, time, QueryParameters.parse(rawQuery));
    }

    private AwsRequest(
            String method,
            String rawPath,
            String rawQuery,
            Headers headers,
            Body body,
            Signed signed,
            String id,
            String sourceIp,
            Instant time,
            QueryParameters query) {
        this.method = method;
        this.rawPath = rawPath;
        this.rawQuery = rawQuery;
        this.headers = headers;
        this.body = body;
        this.signed = signed;
        this.id = id;
        this.sourceIp = sourceIp;
        this.time = time;
        this.query = query;
    }

    /// The same request, signed and with the body that the signature covers.
    public AwsRequest signed(Signed by, Body verified) {
        var request = new AwsRequest(method, rawPath, rawQuery, headers, verified, by, id, sourceIp, time, query);
        request.bytes = bytes;
        request.form = form;
        return request;
    }

    /// The form that was sent, read up to its file; asked again, the same one.
    ///
    /// @throws AwsError where it is none, as S3 says it
    public MultipartForm readForm() throws IOException {
        var known = form;
        if (known == null) {
            known = MultipartForm.read(this);
            form = known;
        }
        return known;
    }

    /// The form that was read; nothing where the request is of another kind.
    public @Nullable MultipartForm form() {
        return form;
    }

    /// The same request under its id.
    public AwsRequest withId(String given) {
        return new AwsRequest(method, rawPath, rawQuery, headers, body, signed, given, sourceIp, time, query);
    }

    /// The same request with other headers.
    public AwsRequest withHeaders(Headers other) {
        var request = new AwsRequest(method, rawPath, rawQuery, other, body, signed, id, sourceIp, time, query);
        request.bytes = bytes;
        request.form = form;
        return request;
    }

    public String method() {
        return method;
    }

    /// The path, percent-coded as it was sent, never normalised.
    public String rawPath() {
        return rawPath;
    }

    public String rawQuery() {
        return rawQuery;
    }

    public QueryParameters query() {
        return query;
    }

    public Headers headers() {
        return headers;
    }

    public Body body() {
        var known = bytes;
        return known == null ? body : Body.of(known);
    }

    private record Whole(byte[] bytes) implements Body {
        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public Headers trailers() {
            return new Headers(0);
        }
    }

    public Caller caller() {
        return signed.caller();
    }

    public Signed signed() {
        return signed;
    }

    /// What the answer carries as its request id.
    public String id() {
        return id;
    }

    public String sourceIp() {
        return sourceIp;
    }

    /// When the request came, by the injected clock.
    public Instant time() {
        return time;
    }

    /// The whole content; asked again, the same array.
    ///
    /// @param limit in bytes
    /// @throws AwsError [Problem#TOO_LARGE], or where a hash or signature is wrong
    public byte[] bytes(int limit) throws IOException {
        var known = bytes;
        if (known != null && known.length > limit) {
            throw tooLarge(limit);
        }
        if (known != null) {
            return known;
        }
        if (body.length() > limit) {
            throw tooLarge(limit);
        }
        try (var in = body.stream()) {
            var read = in.readNBytes(limit);
            if (read.length == limit && in.read() >= 0) {
                throw tooLarge(limit);
            }
            bytes = read;
            return read;
        }
    }

    private static AwsError tooLarge(int limit) {
        return Problem.TOO_LARGE.error("Request size exceeded " + limit + " bytes.");
    }

    /// The condition keys that every request has: `aws:SourceIp`, `aws:CurrentTime` … A service that has more of its
    /// own adds them with [RequestContext#or].
    public RequestContext context() {
        return key -> switch (key) {
            case "aws:sourceip" -> List.of(sourceIp);
            case "aws:currenttime" -> List.of(time.toString());
            case "aws:epochtime" -> List.of(Long.toString(time.getEpochSecond()));
            // The embedded AWS never leaves the loopback interface; it counts as TLS, so that policies behave as
            // they will when deployed.
            case "aws:securetransport" -> List.of("true");
            case "aws:requestedregion" -> List.of(signed.region());
            case "aws:useragent" -> header("User-Agent");
            case "aws:referer" -> header("Referer");
            default -> null;
        };
    }

    private @Nullable List<String> header(String name) {
        var value = headers.get(name);
        return value == null ? null : List.of(value);
    }

    @Override
    public String toString() {
        return method + " " + rawPath;
    }
}
