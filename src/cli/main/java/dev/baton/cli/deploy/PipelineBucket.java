package dev.baton.cli.deploy;

import dev.baton.compiler.BucketPolicies;
import dev.baton.json.Json;
import java.util.Map;
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
    /// @param policy what the pipeline refuses there; what other pipelines refuse stays
    void put(String key, Map<String, @Nullable Object> policy) {
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
        var joined = Json.print(BucketPolicies.joined(policy(), policy));
        s3.putBucketPolicy(request -> request.bucket(name).policy(joined));
    }

    private @Nullable Map<String, @Nullable Object> policy() {
        try {
            return Json.parseObject(
                    s3.getBucketPolicy(request -> request.bucket(name)).policy());
        } catch (S3Exception e) {
            if ("NoSuchBucketPolicy".equals(e.awsErrorDetails().errorCode())) {
                return null;
            }
            throw e;
        }
    }
}
