package dev.baton.local.s3;

/// A version as a bucket holds it.
sealed interface StoredVersion permits PackedVersion, ObjectVersion {
    /// The version itself.
    ObjectVersion version(String key);
}
