package dev.baton.local.http.internal;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// A URL presigned by version 2, as `aws s3 presign` and boto3 still make them in `us-east-1`. Buckets in the path
/// only.
///
/// See [Signing and authenticating REST
/// requests](https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html).
///
/// @param expires seconds since 1970
record LegacyPresignedUrl(
        String accessKeyId,
        String signature,
        long expires,
        @Nullable String token) {
    private static final String TOKEN = "x-amz-security-token";
    private static final Set<String> SIGNED_PARAMETERS = Set.of(
            "acl",
            "delete",
            "location",
            "notification",
            "partNumber",
            "policy",
            "tagging",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires");

    /// Nothing where the request is of another kind.
    static @Nullable LegacyPresignedUrl of(AwsRequest request) {
        var query = request.query();
        var accessKeyId = query.get("AWSAccessKeyId");
        var signature = query.get("Signature");
        var expires = query.get("Expires");
        if (accessKeyId == null || signature == null || expires == null || !expires.matches("[0-9]{1,12}")) {
            return null;
        }
        return new LegacyPresignedUrl(accessKeyId, signature, Long.parseLong(expires), query.get(TOKEN));
    }

    void checkTime(Instant now) {
        if (now.getEpochSecond() > expires) {
            throw Problem.ACCESS_DENIED
                    .error("Request has expired")
                    .with("Expires", Instant.ofEpochSecond(expires).toString())
                    .with("ServerTime", now.toString());
        }
    }

    /// Whether the signature is that of the request under the secret.
    boolean isSignatureOf(AwsRequest request, AccessKey known) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(known.secretAccessKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            var computed = mac.doFinal(stringToSign(request).getBytes(StandardCharsets.ISO_8859_1));
            return SignatureVerifier.equal(Base64.getEncoder().encodeToString(computed), signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA1", e);
        }
    }

    private String stringToSign(AwsRequest request) {
        var headers = request.headers();
        var query = request.query();
        var text = new StringBuilder(request.method()).append('\n');
        text.append(headers.get("Content-MD5", query.get("content-md5", ""))).append('\n');
        text.append(headers.get("Content-Type", query.get("content-type", ""))).append('\n');
        text.append(expires).append('\n');
        var amz = new TreeMap<String, String>();
        headers.each((name, value) -> addAmz(amz, name, value));
        query.each((name, value) -> addAmz(amz, name, value));
        amz.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append(request.rawPath());
        var signed = new TreeMap<String, String>();
        query.each((name, value) -> {
            if (SIGNED_PARAMETERS.contains(name)) {
                signed.put(name, value);
            }
        });
        var separator = '?';
        for (var parameter : signed.entrySet()) {
            text.append(separator).append(parameter.getKey());
            if (!parameter.getValue().isEmpty()) {
                text.append('=').append(parameter.getValue());
            }
            separator = '&';
        }
        return text.toString();
    }

    private static void addAmz(TreeMap<String, String> amz, String name, String value) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("x-amz-")) {
            amz.merge(lower, value, (a, b) -> a + "," + b);
        }
    }

    /// Without the token.
    @Override
    public String toString() {
        return "LegacyPresigned[" + accessKeyId + "]";
    }
}
