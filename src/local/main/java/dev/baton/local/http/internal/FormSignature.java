package dev.baton.local.http.internal;

import dev.baton.local.caller.AccessKey;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.MultipartForm;
import dev.baton.local.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The signature of a form that uploads to S3. What is signed is its policy, in base64 as it was sent; of version 4,
/// and of version 2, which boto3 still writes in `us-east-1`.
///
/// See [Calculating a signature](https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html).
///
/// @param scope of version 4; nothing where it is version 2
record FormSignature(
        String accessKeyId,
        String policy,
        String signature,
        @Nullable String token,
        @Nullable Authorization scope) {
    private static final Duration KEY_LASTS = Duration.ofDays(7);

    /// Nothing where the form is unsigned.
    static @Nullable FormSignature of(MultipartForm form) {
        if (has(form, "X-Amz-Signature") || has(form, "X-Amz-Credential") || has(form, "X-Amz-Algorithm")) {
            return ofVersion4(form);
        }
        if (has(form, "AWSAccessKeyId") || has(form, "signature") || has(form, "policy")) {
            return new FormSignature(
                    required(form, "AWSAccessKeyId"),
                    required(form, "policy"),
                    required(form, "signature"),
                    form.get("x-amz-security-token"),
                    null);
        }
        return null;
    }

    private static boolean has(MultipartForm form, String name) {
        return form.get(name) != null;
    }

    private static FormSignature ofVersion4(MultipartForm form) {
        var algorithm = required(form, "X-Amz-Algorithm");
        if (!algorithm.equals(Authorization.ALGORITHM)) {
            throw Problem.INCOMPLETE_QUERY.error("X-Amz-Algorithm only supports \"" + Authorization.ALGORITHM + "\"");
        }
        var by = Authorization.parsed(
                required(form, "X-Amz-Credential"),
                required(form, "X-Amz-Date"),
                "host",
                required(form, "X-Amz-Signature"),
                form.get("X-Amz-Security-Token"),
                true,
                0);
        return new FormSignature(by.accessKeyId(), required(form, "policy"), by.signature(), by.token(), by);
    }

    private static String required(MultipartForm form, String name) {
        var value = form.get(name);
        if (value == null || value.isEmpty()) {
            throw new AwsError(
                            400,
                            "InvalidArgument",
                            "Bucket POST must contain a field named '" + name
                                    + "'.  If it is specified, please check the order of the fields.")
                    .with("ArgumentName", name)
                    .with("ArgumentValue", "");
        }
        return value;
    }

    /// Refuses a signature whose key is of another time.
    void checkTime(Instant now) {
        if (scope != null && now.isAfter(scope.signedAt().plus(KEY_LASTS))) {
            throw Problem.ACCESS_DENIED.error("Request has expired");
        }
    }

    /// Milliseconds since it was made; 0 where that is not said.
    long age(Instant now) {
        return scope == null
                ? 0
                : Math.max(0, Duration.between(scope.signedAt(), now).toMillis());
    }

    String region() {
        return scope == null ? "" : scope.region();
    }

    /// Whether the signature is that of the policy.
    boolean isOf(AccessKey known, SigningKeys keys) {
        return SignatureVerifier.equal(
                scope == null
                        ? legacy(known.secretAccessKey())
                        : HexFormat.of().formatHex(keys.of(known, scope).of(policy)),
                signature);
    }

    private String legacy(String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(policy.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA1", e);
        }
    }

    /// Without the token.
    @Override
    public String toString() {
        return "FormSignature[" + accessKeyId + "]";
    }
}
