package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.compiler.pipeline.BucketPolicies;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.EventBridgeConfiguration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
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

    /// What the bucket refuses, with what pipelines want of it.
    ///
    /// @param wanted by pipeline
    /// @throws DiagnosticException CMP050 when that is longer than S3 takes
    Map<String, @Nullable Object> refusing(SortedMap<String, BucketPolicies.Wanted> wanted) {
        var joined = BucketPolicies.joined(policy(), wanted.values());
        BucketPolicies.tooLong(name, joined, wanted).ifPresent(finding -> {
            throw new DiagnosticException(finding);
        });
        return joined;
    }

    /// Sets what the bucket refuses. With its last pipeline, which may have been the only one, goes its policy: none
    /// without statements is one.
    void refuse(SortedMap<String, BucketPolicies.Wanted> wanted) {
        var joined = refusing(wanted);
        var there = policy();
        if (List.of().equals(joined.get("Statement"))) {
            if (there != null) {
                s3.deleteBucketPolicy(request -> request.bucket(name));
            }
        } else if (!joined.equals(there)) {
            s3.putBucketPolicy(request -> request.bucket(name).policy(Json.print(joined)));
        }
    }

    private @Nullable Map<String, @Nullable Object> policy() {
        try {
            return EndpointDocuments.object(
                    "the policy of the bucket " + name,
                    s3.getBucketPolicy(request -> request.bucket(name)).policy());
        } catch (NoSuchBucketException e) {
            return null;
        } catch (S3Exception e) {
            if ("NoSuchBucketPolicy".equals(e.awsErrorDetails().errorCode())) {
                return null;
            }
            throw e;
        }
    }
}
