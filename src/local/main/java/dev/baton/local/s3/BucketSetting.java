package dev.baton.local.s3;

/// What can be set on a bucket. Values are the documents as they were put, but for [#VERSIONING].
enum BucketSetting {
    /// `Enabled` or `Suspended`; absent as long as it never was enabled.
    VERSIONING,
    POLICY,
    PUBLIC_ACCESS_BLOCK,
    ENCRYPTION,
    NOTIFICATION,
    TAGGING,
    OWNERSHIP
}
