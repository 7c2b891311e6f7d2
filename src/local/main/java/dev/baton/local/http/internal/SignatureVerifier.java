package dev.baton.local.http.internal;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.caller.Caller;
import dev.baton.local.caller.CredentialStore;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.MultipartForm;
import dev.baton.local.http.Problem;
import dev.baton.local.http.Protocol;
import dev.baton.local.service.Service;
import dev.baton.name.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies the signature of each request: who sent it, that it was sent just now, and that nothing was changed.
///
/// See [Signature Version 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html).
final class SignatureVerifier {
    static final String MISMATCH = "The request signature we calculated does not match the signature you provided. "
            + "Check your AWS Secret Access Key and signing method.";
    private static final Duration MAX_SKEW = Duration.ofMinutes(15);
    private static final Set<String> GLOBAL = Set.of("iam", "sts");
    /// Where they are; the second is what Java's SDK says of it at an endpoint of one's own.
    private static final Set<String> HOME = Set.of("us-east-1", "aws-global");

    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    /// Bodies of the services that sign them whole are kept while the signature is checked: Lambda takes 6 MB.
    private static final int MAX_WHOLE_BODY = 16 << 20;

    private final CredentialStore credentials;
    private final String region;
    private final SigningKeys keys = new SigningKeys();

    /// @param region that of the account
    SignatureVerifier(CredentialStore credentials, String region) {
        this.credentials = credentials;
        this.region = region;
    }

    /// The request with its caller and the body that the signature covers.
    ///
    /// @throws AwsError where it does not come from whom it says
    AwsRequest verify(AwsRequest request, Service service) throws IOException {
        if (service.protocol() == Protocol.S3) {
            if (MultipartForm.isSent(request) && !request.headers().has("Authorization")) {
                return form(request, service);
            }
            var legacy = LegacyPresignedUrl.of(request);
            if (legacy != null) {
                return verify(request, legacy);
            }
        }
        var by = Authorization.of(request);
        if (by == null) {
            return unsigned(request, service);
        }
        if (!by.service().equals(service.name())) {
            throw Problem.WRONG_SIGNATURE.error(
                    "Credential should be scoped to correct service: '" + service.name() + "'.");
        }
        checkRegion(by, service);
        var found = credentials.find(by.accessKeyId());
        if (found.isEmpty()) {
            throw unknownKey(by.accessKeyId(), service.protocol());
        }
        var known = found.get();
        checkToken(known, by.token(), request.time(), service.protocol());
        checkTime(by, request.time(), service.protocol());
        checkAllSigned(request, by);
        var payload = payloadHash(request, by, service.protocol());
        var stringToSign = stringToSign(CanonicalRequest.of(request, by, payload, true), by);
        var key = keys.of(known, by);
        var computed = HexFormat.of().formatHex(key.of(stringToSign));
        if (!equal(computed, by.signature())) {
            throw mismatch(request, by, payload, stringToSign, service.protocol());
        }
        var signed = new AwsRequest.Signed(
                known.caller(),
                by.accessKeyId(),
                by.region(),
                by.presigned(),
                Math.max(0, Duration.between(by.signedAt(), request.time()).toMillis()));
        var chain = new ChunkedBody.Chain(key, by.amzDate(), by.scope(), by.signature());
        return request.signed(signed, body(request, payload, chain));
    }

    /// Of services that are one for the whole world, clients sign for where that one is.
    private void checkRegion(Authorization by, Service service) {
        if (by.region().equals(region) || GLOBAL.contains(service.name()) && HOME.contains(by.region())) {
            return;
        }
        if (service.protocol() == Protocol.S3) {
            var wrong = "the region '" + by.region() + "' is wrong; expecting '" + region + "'";
            throw (by.presigned()
                            ? Problem.INCOMPLETE_QUERY.error("Error parsing the X-Amz-Credential parameter; " + wrong)
                            : Problem.INCOMPLETE_SIGNATURE.error("The authorization header is malformed; " + wrong))
                    .with("Region", region);
        }
        throw Problem.WRONG_SIGNATURE.error(
                "Credential should be scoped to a valid region, not '" + by.region() + "'. ");
    }

    private AwsRequest verify(AwsRequest request, LegacyPresignedUrl by) throws IOException {
        var known = credentials.find(by.accessKeyId()).orElseThrow(() -> unknownKey(by.accessKeyId(), Protocol.S3));
        checkToken(known, by.token(), request.time(), Protocol.S3);
        by.checkTime(request.time());
        if (!by.isSignatureOf(request, known)) {
            throw Problem.WRONG_SIGNATURE.error(MISMATCH).with("AWSAccessKeyId", by.accessKeyId());
        }
        return request.signed(
                new AwsRequest.Signed(known.caller(), by.accessKeyId(), "", true, 0),
                body(request, request.headers().get("X-Amz-Content-Sha256", UNSIGNED_PAYLOAD), null));
    }

    /// Of a form it is the policy that is signed; the file is whatever its uploader sends.
    private AwsRequest form(AwsRequest request, Service service) throws IOException {
        var by = FormSignature.of(request.readForm());
        if (by == null) {
            return unsigned(request, service);
        }
        var known = credentials.find(by.accessKeyId()).orElseThrow(() -> unknownKey(by.accessKeyId(), Protocol.S3));
        var scope = by.scope();
        if (scope != null) {
            checkRegion(scope, service);
        }
        checkToken(known, by.token(), request.time(), Protocol.S3);
        by.checkTime(request.time());
        if (!by.isOf(known, keys)) {
            throw Problem.WRONG_SIGNATURE
                    .error(MISMATCH)
                    .with("AWSAccessKeyId", by.accessKeyId())
                    .with("StringToSign", by.policy())
                    .with("SignatureProvided", by.signature());
        }
        return request.signed(
                new AwsRequest.Signed(known.caller(), by.accessKeyId(), by.region(), false, by.age(request.time())),
                request.body());
    }

    private static AwsRequest unsigned(AwsRequest request, Service service) throws IOException {
        if (!service.acceptsUnsigned(request)) {
            throw Problem.UNSIGNED.error(
                    service.protocol() == Protocol.S3 ? "Access Denied" : "Request is missing Authentication Token");
        }
        var payload = request.headers().get("X-Amz-Content-Sha256");
        var body = payload == null || payload.equals(UNSIGNED_PAYLOAD) ? request.body() : body(request, payload, null);
        return request.signed(new AwsRequest.Signed(Caller.ANONYMOUS, "", "", false, 0), body);
    }

    private static AwsError unknownKey(String accessKeyId, Protocol protocol) {
        return protocol == Protocol.S3
                ? Problem.UNKNOWN_KEY
                        .error("The AWS Access Key Id you provided does not exist in our records.")
                        .with("AWSAccessKeyId", accessKeyId)
                : Problem.UNKNOWN_KEY.error("The security token included in the request is invalid.");
    }

    private static void checkToken(AccessKey known, @Nullable String given, Instant now, Protocol protocol) {
        var session = known.caller().session();
        var expected = known.sessionToken();
        if (expected == null ? given != null : given == null || !equal(expected, given)) {
            throw Problem.WRONG_TOKEN.error(
                    protocol == Protocol.S3
                            ? "The provided token is malformed or otherwise invalid."
                            : "The security token included in the request is invalid.");
        }
        if (session != null && !now.isBefore(session.expiresAt())) {
            throw Problem.EXPIRED_TOKEN.error(
                    protocol == Protocol.S3
                            ? "The provided token has expired."
                            : "The security token included in the request is expired");
        }
    }

    private static void checkTime(Authorization by, Instant now, Protocol protocol) {
        if (by.presigned()) {
            checkValidity(by, now);
            return;
        }
        var skew = Duration.between(by.signedAt(), now);
        if (skew.abs().compareTo(MAX_SKEW) <= 0) {
            return;
        }
        if (protocol == Protocol.S3) {
            throw Problem.SKEWED_CLOCK
                    .error("The difference between the request time and the current time is too large.")
                    .with("RequestTime", by.amzDate())
                    .with("ServerTime", now.toString())
                    .with("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()));
        }
        throw Problem.SKEWED_CLOCK.error(
                skew.isNegative()
                        ? "Signature not yet current: " + by.amzDate() + " is still later than " + now + " (+ 15 min.)"
                        : "Signature expired: " + by.amzDate() + " is now earlier than " + now + " (- 15 min.)");
    }

    private static void checkValidity(Authorization by, Instant now) {
        if (by.signedAt().isAfter(now.plus(MAX_SKEW))) {
            throw Problem.ACCESS_DENIED.error("Request is not yet valid");
        }
        var end = by.signedAt().plusSeconds(by.expires());
        if (now.isAfter(end)) {
            throw Problem.ACCESS_DENIED
                    .error("Request has expired")
                    .with("X-Amz-Expires", Long.toString(by.expires()))
                    .with("Expires", end.toString())
                    .with("ServerTime", now.toString());
        }
    }

    /// A header that changes what the request means but was not signed could have been added by anybody.
    private static void checkAllSigned(AwsRequest request, Authorization by) {
        List<String> missing = new ArrayList<>(0);
        request.headers().each((name, value) -> {
            if (name.length() > 6 && name.regionMatches(true, 0, "x-amz-", 0, 6)) {
                var lower = name.toLowerCase(Locale.ROOT);
                if (!by.signedHeaders().contains(lower) && !(by.presigned() && lower.equals("x-amz-content-sha256"))) {
                    missing.add(lower);
                }
            }
        });
        if (!missing.isEmpty()) {
            throw Problem.ACCESS_DENIED
                    .error("There were headers present in the request which were not signed")
                    .with("HeadersNotSigned", String.join(", ", missing));
        }
    }

    private static String payloadHash(AwsRequest request, Authorization by, Protocol protocol) throws IOException {
        var header = request.headers().get("X-Amz-Content-Sha256");
        if (protocol != Protocol.S3) {
            return Sha256.hex(request.bytes(MAX_WHOLE_BODY));
        }
        if (by.presigned()) {
            var signed = by.signedHeaders().contains("x-amz-content-sha256") ? header : null;
            return signed != null ? signed : request.query().get("X-Amz-Content-Sha256", UNSIGNED_PAYLOAD);
        }
        if (header == null) {
            throw new AwsError(400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
        }
        return header;
    }

    private static AwsRequest.Body body(AwsRequest request, String payload, ChunkedBody.@Nullable Chain chain)
            throws IOException {
        var raw = request.body();
        return switch (payload) {
            case UNSIGNED_PAYLOAD -> raw;
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" ->
                new ChunkedBody(raw.stream(), decodedLength(request), required(chain), false);
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" ->
                new ChunkedBody(raw.stream(), decodedLength(request), required(chain), true);
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" ->
                new ChunkedBody(raw.stream(), decodedLength(request), null, true);
            default -> {
                if (!payload.matches("[0-9a-f]{64}")) {
                    throw new AwsError(
                            400,
                            "InvalidArgument",
                            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                                    + "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER "
                                    + "or a valid sha256 value.");
                }
                yield new HashedBody(raw.stream(), raw.length(), payload);
            }
        };
    }

    private static ChunkedBody.Chain required(ChunkedBody.@Nullable Chain chain) {
        if (chain == null) {
            throw Problem.UNSIGNED.error("Access Denied");
        }
        return chain;
    }

    private static long decodedLength(AwsRequest request) {
        var length = request.headers().get("X-Amz-Decoded-Content-Length");
        if (length == null) {
            throw new AwsError(
                    411, "MissingContentLength", "You must provide the x-amz-decoded-content-length HTTP header.");
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new AwsError(400, "InvalidArgument", "x-amz-decoded-content-length is not a length.");
        }
        return Long.parseLong(length);
    }

    private static String stringToSign(String canonical, Authorization by) {
        var hash = Sha256.hex(canonical.getBytes(StandardCharsets.ISO_8859_1));
        return Authorization.ALGORITHM + "\n" + by.amzDate() + "\n" + by.scope() + "\n" + hash;
    }

    /// Shows what we signed, as S3 does, because the difference names the client's mistake; never a session token.
    private static AwsError mismatch(
            AwsRequest request, Authorization by, String payload, String stringToSign, Protocol protocol) {
        var canonical = CanonicalRequest.of(request, by, payload, false);
        return protocol == Protocol.S3
                ? Problem.WRONG_SIGNATURE
                        .error(MISMATCH)
                        .with("AWSAccessKeyId", by.accessKeyId())
                        .with("StringToSign", stringToSign)
                        .with("SignatureProvided", by.signature())
                        .with("CanonicalRequest", canonical)
                : Problem.WRONG_SIGNATURE.error(MISMATCH
                        + " Consult the service documentation for details.\n\n"
                        + "The Canonical String for this request should have been\n'" + canonical + "'\n\n"
                        + "The String-to-Sign should have been\n'" + stringToSign + "'\n");
    }

    static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
