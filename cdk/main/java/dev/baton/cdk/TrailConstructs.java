package dev.baton.cdk;

import dev.baton.compiler.environment.AuditTrail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudtrail.CfnTrail;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;
import software.constructs.Construct;

/// The trail of an environment: each request for an object of its buckets as a data event of CloudTrail, in a bucket of
/// its own whose objects are retained in compliance mode, with digests by which a file that is missing or changed is
/// found. Management events are not in it: accounts have a trail of these already, and a second one costs.
final class TrailConstructs extends Construct {

    /// @param logical the logical names of the buckets
    TrailConstructs(Construct scope, AuditTrail audit, BatonFoundation foundation, List<String> logical) {
        super(scope, "Audit");
        var environment = foundation.environment();
        var name = environment.prefix().of("evidence");
        var bucket = bucket(audit);
        var policy = CfnBucketPolicy.Builder.create(this, "Policy")
                .bucket(bucket.getRef())
                .policyDocument(foundation.intrinsics().json(policy(audit.bucket(), name)))
                .build();
        Suppression.on(policy, Suppression.NAMED_IN_TEXT);
        var objects = new ArrayList<String>();
        for (var each : logical) {
            objects.add(foundation
                    .intrinsics()
                    .text("arn:${Partition}:s3:::" + environment.bucket(each).name() + "/"));
        }
        var trail = CfnTrail.Builder.create(this, "Trail")
                .trailName(name)
                .s3BucketName(bucket.getRef())
                .isLogging(true)
                .enableLogFileValidation(true)
                .includeGlobalServiceEvents(false)
                .isMultiRegionTrail(false)
                .advancedEventSelectors(List.of(CfnTrail.AdvancedEventSelectorProperty.builder()
                        .name("requests for objects")
                        .fieldSelectors(List.of(
                                selector("eventCategory")
                                        .equalTo(List.of("Data"))
                                        .build(),
                                selector("resources.type")
                                        .equalTo(List.of("AWS::S3::Object"))
                                        .build(),
                                selector("resources.ARN").startsWith(objects).build()))
                        .build()))
                .build();
        // CloudTrail tries at once whether it may write.
        trail.addDependency(policy);
    }

    private static CfnTrail.AdvancedFieldSelectorProperty.Builder selector(String field) {
        return CfnTrail.AdvancedFieldSelectorProperty.builder().field(field);
    }

    private CfnBucket bucket(AuditTrail audit) {
        var bucket = CfnBucket.Builder.create(this, "Bucket")
                .bucketName(audit.bucket())
                .publicAccessBlockConfiguration(BucketSettings.nothingPublic())
                .ownershipControls(BucketSettings.ownedByTheBucket())
                .bucketEncryption(BucketSettings.ownEncryption())
                .versioningConfiguration(BucketSettings.versioned())
                .objectLockEnabled(true)
                .objectLockConfiguration(CfnBucket.ObjectLockConfigurationProperty.builder()
                        .objectLockEnabled("Enabled")
                        .rule(CfnBucket.ObjectLockRuleProperty.builder()
                                .defaultRetention(CfnBucket.DefaultRetentionProperty.builder()
                                        .mode("COMPLIANCE")
                                        .days(audit.retainDays())
                                        .build())
                                .build())
                        .build())
                .lifecycleConfiguration(BucketSettings.expiring("", audit.retainDays() + 1, 1))
                .build();
        StackRetention.on(bucket);
        Suppression.on(bucket, Suppression.LOGS_THEMSELVES);
        return bucket;
    }

    /// What CloudTrail's guide asks for, for this one trail.
    ///
    /// @see <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html">Amazon S3 bucket policy for CloudTrail</a>
    private static Map<String, Object> policy(String bucket, String trail) {
        var arn = "arn:${Partition}:s3:::" + bucket;
        var source = Map.of("aws:SourceArn", "arn:${Partition}:cloudtrail:${Region}:${AccountId}:trail/" + trail);
        var service = Map.of("Service", "cloudtrail.amazonaws.com");
        return Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(
                        Map.of(
                                "Sid", "OnlyByTls",
                                "Effect", "Deny",
                                "Principal", "*",
                                "Action", "s3:*",
                                "Resource", List.of(arn, arn + "/*"),
                                "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false"))),
                        Map.of(
                                "Sid",
                                "TrailLooks",
                                "Effect",
                                "Allow",
                                "Principal",
                                service,
                                "Action",
                                "s3:GetBucketAcl",
                                "Resource",
                                arn,
                                "Condition",
                                Map.of("StringEquals", source)),
                        Map.of(
                                "Sid",
                                "TrailWrites",
                                "Effect",
                                "Allow",
                                "Principal",
                                service,
                                "Action",
                                "s3:PutObject",
                                "Resource",
                                arn + "/AWSLogs/${AccountId}/*",
                                "Condition",
                                Map.of(
                                        "StringEquals",
                                        Map.of(
                                                "aws:SourceArn",
                                                source.get("aws:SourceArn"),
                                                "s3:x-amz-acl",
                                                "bucket-owner-full-control")))));
    }
}
