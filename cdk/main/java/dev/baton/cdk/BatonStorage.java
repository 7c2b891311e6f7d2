package dev.baton.cdk;

import dev.baton.compiler.pipeline.BucketPolicies;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.diagnostic.Diagnostics;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;
import software.constructs.Construct;

/// The buckets of an environment, which its pipelines share: Baton's own, with runs and completion records, and one for
/// each logical bucket that tasks name. Buckets that the environment imports are left as they are.
public final class BatonStorage extends Construct {
    private final BatonFoundation foundation;

    /// @throws dev.baton.diagnostic.DiagnosticException when a bucket's policy is longer than S3 takes (CMP050)
    public BatonStorage(Construct scope, String id, BatonFoundation foundation) {
        super(scope, id);
        this.foundation = foundation;
        var buckets = new TreeMap<String, CompiledBucket>();
        for (var pipeline : foundation.pipelines()) {
            pipeline.buckets().forEach(bucket -> buckets.putIfAbsent(bucket.logical(), bucket));
        }
        var findings = new Diagnostics();
        buckets.forEach((logical, bucket) -> {
            var wanted = wanted(logical);
            var policy = BucketPolicies.joined(null, wanted.values());
            BucketPolicies.tooLong(logical, policy, wanted).ifPresent(findings::add);
            create(bucket, policy);
        });
        findings.throwIfErrors();
        var audit = foundation.environment().audit();
        if (audit != null) {
            new TrailConstructs(this, audit, foundation, List.copyOf(buckets.keySet()));
        }
    }

    /// What pipelines have a bucket refuse, by pipeline, with the names of the environment: so long as CloudFormation
    /// makes it.
    private SortedMap<String, BucketPolicies.Wanted> wanted(String logical) {
        var wanted = new TreeMap<String, BucketPolicies.Wanted>();
        for (var pipeline : foundation.pipelines()) {
            pipeline.buckets().stream()
                    .filter(bucket -> bucket.logical().equals(logical))
                    .forEach(bucket -> wanted.put(
                            pipeline.name(),
                            new BucketPolicies.Wanted(
                                    foundation.known(pipeline).in(bucket.policy()), bucket.uploads())));
        }
        return wanted;
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
            StackRetention.on(bucket);
        }
        Suppression.on(bucket, Suppression.ACCESS_LOGS);
        var attached = CfnBucketPolicy.Builder.create(this, "Policy-" + compiled.logical())
                .bucket(bucket.getRef())
                .policyDocument(foundation.intrinsics().json(policy))
                .build();
        Suppression.on(attached, Suppression.NAMED_IN_TEXT);
    }
}
