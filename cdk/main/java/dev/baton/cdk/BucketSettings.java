package dev.baton.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.s3.CfnBucket;

/// The settings of every bucket: what every bucket has.
final class BucketSettings {
    private BucketSettings() {}

    static CfnBucket.PublicAccessBlockConfigurationProperty nothingPublic() {
        return CfnBucket.PublicAccessBlockConfigurationProperty.builder()
                .blockPublicAcls(true)
                .blockPublicPolicy(true)
                .ignorePublicAcls(true)
                .restrictPublicBuckets(true)
                .build();
    }

    /// Without ACLs: policies alone decide.
    static CfnBucket.OwnershipControlsProperty ownedByTheBucket() {
        return CfnBucket.OwnershipControlsProperty.builder()
                .rules(List.of(CfnBucket.OwnershipControlsRuleProperty.builder()
                        .objectOwnership("BucketOwnerEnforced")
                        .build()))
                .build();
    }

    static CfnBucket.VersioningConfigurationProperty versioned() {
        return CfnBucket.VersioningConfigurationProperty.builder()
                .status("Enabled")
                .build();
    }

    /// CloudFormation knows this itself; CDK's bucket of a higher level would add a function that switches it on.
    static CfnBucket.NotificationConfigurationProperty tellingEventBridge() {
        return CfnBucket.NotificationConfigurationProperty.builder()
                .eventBridgeConfiguration(CfnBucket.EventBridgeConfigurationProperty.builder()
                        .eventBridgeEnabled(true)
                        .build())
                .build();
    }

    static CfnBucket.BucketEncryptionProperty ownEncryption() {
        return encryption(CfnBucket.ServerSideEncryptionRuleProperty.builder()
                .serverSideEncryptionByDefault(CfnBucket.ServerSideEncryptionByDefaultProperty.builder()
                        .sseAlgorithm("AES256")
                        .build())
                .build());
    }

    /// By a KMS key, asked once for many objects.
    static CfnBucket.BucketEncryptionProperty encryptedBy(String keyArn) {
        return encryption(CfnBucket.ServerSideEncryptionRuleProperty.builder()
                .bucketKeyEnabled(true)
                .serverSideEncryptionByDefault(CfnBucket.ServerSideEncryptionByDefaultProperty.builder()
                        .sseAlgorithm("aws:kms")
                        .kmsMasterKeyId(keyArn)
                        .build())
                .build());
    }

    private static CfnBucket.BucketEncryptionProperty encryption(CfnBucket.ServerSideEncryptionRuleProperty rule) {
        return CfnBucket.BucketEncryptionProperty.builder()
                .serverSideEncryptionConfiguration(List.of(rule))
                .build();
    }

    /// Removes what is left of broken uploads and versions that newer ones replaced.
    static CfnBucket.LifecycleConfigurationProperty keeping(int oldVersionDays) {
        return lifecycle(List.of(tidy(oldVersionDays)));
    }

    /// And besides, objects under a prefix.
    static CfnBucket.LifecycleConfigurationProperty expiring(String prefix, int days, int oldVersionDays) {
        var rules = new ArrayList<CfnBucket.RuleProperty>();
        rules.add(CfnBucket.RuleProperty.builder()
                .id(prefix.isEmpty() ? "expire" : "expire-" + prefix.replace("/", ""))
                .status("Enabled")
                .prefix(prefix)
                .expirationInDays(days)
                .build());
        rules.add(tidy(oldVersionDays));
        return lifecycle(rules);
    }

    private static CfnBucket.RuleProperty tidy(int oldVersionDays) {
        return CfnBucket.RuleProperty.builder()
                .id("tidy")
                .status("Enabled")
                .abortIncompleteMultipartUpload(CfnBucket.AbortIncompleteMultipartUploadProperty.builder()
                        .daysAfterInitiation(7)
                        .build())
                .noncurrentVersionExpiration(CfnBucket.NoncurrentVersionExpirationProperty.builder()
                        .noncurrentDays(oldVersionDays)
                        .build())
                .expiredObjectDeleteMarker(true)
                .build();
    }

    private static CfnBucket.LifecycleConfigurationProperty lifecycle(List<CfnBucket.RuleProperty> rules) {
        return CfnBucket.LifecycleConfigurationProperty.builder().rules(rules).build();
    }

    static Map<String, Object> onlyByTls(String bucketArn) {
        return Map.of(
                "Version",
                "2012-10-17",
                "Statement",
                List.of(Map.of(
                        "Sid", "OnlyByTls",
                        "Effect", "Deny",
                        "Principal", "*",
                        "Action", "s3:*",
                        "Resource", List.of(bucketArn, bucketArn + "/*"),
                        "Condition", Map.of("Bool", Map.of("aws:SecureTransport", "false")))));
    }
}
