package dev.baton.cli.deploy;

import dev.baton.compiler.BucketPolicies;
import dev.baton.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// A bucket that pipelines live in: versioned, encrypted, closed to the public, and telling EventBridge of what appears
/// in it.
final class PipelineBucket {
    private final S3Client s3;
    private final String name;

    PipelineBucket(S3Client s3, String name) {
        this.s3 = s3;
        this.name = name;
    }

    /// Makes the bucket, or brings the one that is there up to date.
    ///
    /// @param key the ARN of the KMS key for whatever is uploaded without a word about encryption
    void put(String key) {
        try {
            s3.createBucket(request -> request.bucket(name));
        } catch (BucketAlreadyOwnedByYouException e) {
            // Of an earlier deployment, or another pipeline's too.
        }
        s3.putPublicAccessBlock(request -> request.bucket(name)
                .publicAccessBlockConfiguration(block -> block.blockPublicAcls(true)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true)));
        s3.putBucketVersioning(request -> request.bucket(name)
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        s3.putBucketEncryption(request -> request.bucket(name)
                .serverSideEncryptionConfiguration(encryption -> encryption.rules(rule -> rule.bucketKeyEnabled(true)
                        .applyServerSideEncryptionByDefault(byDefault -> byDefault
                                .sseAlgorithm(ServerSideEncryption.AWS_KMS)
                                .kmsMasterKeyID(key)))));
        s3.putBucketNotificationConfiguration(request -> request.bucket(name)
                .notificationConfiguration(notification -> notification.eventBridgeConfiguration(
                        EventBridgeConfiguration.builder().build())));
    }

    /// Sets what the bucket refuses.
    ///
    /// @param roles the path of the pipeline's roles, such as `/baton/weather/`
    /// @param others what other pipelines refuse there; what is there already and none of them says stays too
    /// @param policy what the pipeline refuses there, instead of what it refused before
    void refuse(String roles, List<Map<String, @Nullable Object>> others, Map<String, @Nullable Object> policy) {
        var there = ofOthers(policy(), roles);
        for (var other : others) {
            there = BucketPolicies.joined(there, other);
        }
        var joined = Json.print(BucketPolicies.joined(there, policy));
        s3.putBucketPolicy(request -> request.bucket(name).policy(joined));
    }

    @SuppressWarnings("unchecked")
    static Optional<Map<String, @Nullable Object>> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Optional.of((Map<String, @Nullable Object>) map) : Optional.empty();
    }

    private @Nullable Map<String, @Nullable Object> policy() {
        try {
            return Documents.object(
                    "the policy of the bucket " + name,
                    s3.getBucketPolicy(request -> request.bucket(name)).policy());
        } catch (S3Exception e) {
            if ("NoSuchBucketPolicy".equals(e.awsErrorDetails().errorCode())) {
                return null;
            }
            throw e;
        }
    }

    /// Without what was said for roles of this pipeline alone: a task that is called otherwise now would find its place
    /// kept for the role that it had.
    private static @Nullable Map<String, @Nullable Object> ofOthers(
            @Nullable Map<String, @Nullable Object> policy, String roles) {
        if (policy == null || !(policy.get("Statement") instanceof List<?> statements)) {
            return policy;
        }
        var others = new LinkedHashMap<>(policy);
        others.put(
                "Statement",
                statements.stream()
                        .filter(statement -> !isOf(statement, roles))
                        .toList());
        return others;
    }

    private static boolean isOf(@Nullable Object statement, String roles) {
        if (!(statement instanceof Map<?, ?> fields
                && fields.get("Condition") instanceof Map<?, ?> condition
                && condition.get("ArnNotLike") instanceof Map<?, ?> keys)) {
            return false;
        }
        var exempt = keys.get("aws:PrincipalArn");
        var arns = exempt instanceof List<?> list ? list : Collections.singletonList(exempt);
        return arns.stream().allMatch(arn -> String.valueOf(arn).contains(":role" + roles));
    }
}
