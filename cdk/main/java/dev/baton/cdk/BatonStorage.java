package dev.baton.cdk;

import dev.baton.compiler.BucketPolicies;
import dev.baton.compiler.CompiledBucket;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;
import software.constructs.Construct;

/// The buckets of an environment, which its pipelines share: Baton's own, with runs and completion records, and one for
/// each logical bucket that tasks name. Buckets that the environment imports are left as they are.
public final class BatonStorage extends Construct {
    private final BatonFoundation foundation;

    public BatonStorage(Construct scope, String id, BatonFoundation foundation) {
        super(scope, id);
        this.foundation = foundation;
        var policies = new TreeMap<String, Map<String, @Nullable Object>>();
        var buckets = new TreeMap<String, CompiledBucket>();
        for (var pipeline : foundation.pipelines()) {
            for (var bucket : pipeline.buckets()) {
                buckets.putIfAbsent(bucket.logical(), bucket);
                policies.merge(bucket.logical(), bucket.policy(), BucketPolicies::joined);
            }
        }
        policies.forEach((logical, policy) -> create(Objects.requireNonNull(buckets.get(logical)), policy));
    }

    BatonFoundation foundation() {
        return foundation;
    }

    private void create(CompiledBucket compiled, Map<String, @Nullable Object> policy) {
        var environment = foundation.environment();
        var state = compiled.logical().equals(CompiledBucket.STATE);
        var real = environment.bucket(compiled.logical());
        if (real.imported()) {
            return;
        }
        var retention = environment.retention();
        var bucket = CfnBucket.Builder.create(this, "Bucket-" + compiled.logical())
                .bucketName(real.name())
                .publicAccessBlockConfiguration(BucketSettings.nothingPublic())
                .ownershipControls(BucketSettings.ownedByTheBucket())
                .bucketEncryption(BucketSettings.encryptedBy(
                        foundation.intrinsics().text("${" + compiled.keyPlaceholder() + "}")))
                .versioningConfiguration(BucketSettings.versioned())
                .notificationConfiguration(BucketSettings.tellingEventBridge())
                .lifecycleConfiguration(
                        state
                                ? BucketSettings.expiring("runs/", retention.runDays(), retention.oldVersionDays())
                                : BucketSettings.keeping(retention.oldVersionDays()))
                .build();
        if (retention.buckets()) {
            Kept.on(bucket);
        }
        Argument.on(bucket, Argument.ACCESS_LOGS);
        var attached = CfnBucketPolicy.Builder.create(this, "Policy-" + compiled.logical())
                .bucket(bucket.getRef())
                .policyDocument(foundation.intrinsics().json(policy))
                .build();
        Argument.on(attached, Argument.NAMED_IN_TEXT);
    }
}
