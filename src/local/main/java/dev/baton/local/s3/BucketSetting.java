package dev.baton.local.s3;

import java.util.Set;

/// A setting of a bucket. Values are the documents as they were put, but for [#VERSIONING].
enum BucketSetting {
    /// `Enabled` or `Suspended`; absent as long as it never was enabled.
    VERSIONING("versioning", "BucketVersioning", "BucketVersioning"),
    POLICY("policy", "BucketPolicy", "BucketPolicy"),
    PUBLIC_ACCESS_BLOCK("publicAccessBlock", "PublicAccessBlock", "BucketPublicAccessBlock"),
    ENCRYPTION("encryption", "BucketEncryption", "EncryptionConfiguration"),
    NOTIFICATION("notification", "BucketNotificationConfiguration", "BucketNotification"),
    TAGGING("tagging", "BucketTagging", "BucketTagging"),
    OWNERSHIP("ownershipControls", "BucketOwnershipControls", "BucketOwnershipControls"),
    /// Absent where nothing is logged.
    LOGGING("logging", "BucketLogging", "BucketLogging"),
    OBJECT_LOCK("object-lock", "ObjectLockConfiguration", "BucketObjectLockConfiguration");

    private final String subresource;
    private final String operation;
    private final String right;

    /// @param operation what its operations are called after `Get`, `Put` and `Delete`
    /// @param right what the IAM actions are called after `Get` and `Put`
    BucketSetting(String subresource, String operation, String right) {
        this.subresource = subresource;
        this.operation = operation;
        this.right = right;
    }

    String address(String method) {
        return method + " /{Bucket}?" + subresource;
    }

    String operation(String verb) {
        return verb + operation;
    }

    String right(String verb) {
        return verb + right;
    }

    boolean canBeDeleted() {
        return !Set.of(VERSIONING, NOTIFICATION, LOGGING, OBJECT_LOCK).contains(this);
    }
}
