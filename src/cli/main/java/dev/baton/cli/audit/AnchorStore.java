package dev.baton.cli.audit;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.name.Sha256;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Anchors in a bucket with object lock: until the end of their retention nobody deletes them, or replaces their
/// version, the account's root included.
public record AnchorStore(Endpoint endpoint) {
    private static final String SCHEME = "s3://";
    private static final int PRECONDITION_FAILED = 412;

    /// Signs an anchor with an asymmetric key of KMS.
    ///
    /// @param key its id, ARN or alias
    public ChainAnchor sign(ChainAnchor anchor, String key) {
        var answer = endpoint.kms()
                .sign(request -> request.keyId(key)
                        .messageType(MessageType.DIGEST)
                        .message(digest(anchor))
                        .signingAlgorithm(algorithm(key)));
        return anchor.signed(
                answer.keyId(),
                Base64.getEncoder().encodeToString(answer.signature().asByteArray()));
    }

    private static SdkBytes digest(ChainAnchor anchor) {
        return SdkBytes.fromByteArray(Sha256.of(anchor.statement()));
    }

    private SigningAlgorithmSpec algorithm(String key) {
        var algorithms = endpoint.kms()
                .describeKey(request -> request.keyId(key))
                .keyMetadata()
                .signingAlgorithms();
        for (var algorithm : algorithms) {
            if (algorithm == SigningAlgorithmSpec.ECDSA_SHA_256
                    || algorithm == SigningAlgorithmSpec.RSASSA_PSS_SHA_256) {
                return algorithm;
            }
        }
        throw AuditFindings.noAnchor(key, "is not a key that signs SHA-256, by ECDSA or RSA-PSS");
    }

    /// Whether a key signed an anchor.
    public boolean isSigned(ChainAnchor anchor, String key) {
        var signature = anchor.signature().orElse("");
        try {
            return endpoint.kms()
                    .verify(request -> request.keyId(key)
                            .messageType(MessageType.DIGEST)
                            .message(digest(anchor))
                            .signingAlgorithm(algorithm(key))
                            .signature(
                                    SdkBytes.fromByteArray(Base64.getDecoder().decode(signature))))
                    .signatureValid();
        } catch (KmsInvalidSignatureException | IllegalArgumentException e) {
            return false;
        }
    }

    /// Writes an anchor once, and gives its URI.
    ///
    /// @param place `s3://<bucket>/<prefix>`
    /// @param until when it may be deleted
    /// @throws dev.baton.diagnostic.DiagnosticException CLI151 where the bucket has no object lock
    public String put(ChainAnchor anchor, String place, Instant until) {
        var bucket = bucket(place);
        if (!isLocked(bucket)) {
            throw AuditFindings.unlocked(bucket);
        }
        var prefix = key(place);
        var key = (prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/")
                + anchor.range().replace('/', '_').replace(':', '-') + "-"
                + anchor.head().hash().substring(0, 16)
                + ".json";
        try {
            endpoint.s3()
                    .putObject(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .contentType("application/json")
                                    .ifNoneMatch("*")
                                    .objectLockMode(ObjectLockMode.COMPLIANCE)
                                    .objectLockRetainUntilDate(until),
                            RequestBody.fromString(anchor.print()));
        } catch (S3Exception e) {
            // The same export was anchored before: that anchor holds.
            if (e.statusCode() != PRECONDITION_FAILED) {
                throw e;
            }
        }
        return SCHEME + bucket + "/" + key;
    }

    /// When an anchor that is written today may be deleted: the day decides, so that it is the same all day.
    public static Instant until(Instant now, int days) {
        return now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(days + 1L)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }

    /// An anchor of a bucket: its first version, which later ones do not replace.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI151
    public ChainAnchor get(String uri) {
        var bucket = bucket(uri);
        var key = key(uri);
        try {
            var version = oldest(bucket, key);
            if (version == null) {
                throw AuditFindings.noAnchor(uri, "there is no such object");
            }
            return ChainAnchor.parse(endpoint.s3()
                    .getObjectAsBytes(request -> request.bucket(bucket).key(key).versionId(version))
                    .asByteArray());
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            throw AuditFindings.noAnchor(uri, "there is no such object");
        } catch (InvalidInput e) {
            throw AuditFindings.noAnchor(uri, "is not an anchor: " + e.getMessage());
        }
    }

    private @Nullable String oldest(String bucket, String key) {
        @Nullable String oldest = null;
        for (var version : endpoint.s3()
                .listObjectVersionsPaginator(request -> request.bucket(bucket).prefix(key))
                .versions()) {
            if (version.key().equals(key)) {
                oldest = version.versionId();
            }
        }
        return oldest;
    }

    private boolean isLocked(String bucket) {
        try {
            var configuration = endpoint.s3()
                    .getObjectLockConfiguration(request -> request.bucket(bucket))
                    .objectLockConfiguration();
            return configuration != null && configuration.objectLockEnabled() == ObjectLockEnabled.ENABLED;
        } catch (S3Exception e) {
            if ("ObjectLockConfigurationNotFoundError"
                    .equals(e.awsErrorDetails().errorCode())) {
                return false;
            }
            throw e;
        }
    }

    private static String bucket(String uri) {
        var path = path(uri);
        var slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String key(String uri) {
        var path = path(uri);
        var slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
    }

    private static String path(String uri) {
        if (!uri.startsWith(SCHEME) || uri.length() == SCHEME.length()) {
            throw AuditFindings.noAnchor(uri, "is not a place in S3");
        }
        return uri.substring(SCHEME.length());
    }
}
