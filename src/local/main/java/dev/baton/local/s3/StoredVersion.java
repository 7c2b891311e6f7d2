package dev.baton.local.s3;

/// A version as a bucket holds it.
sealed interface StoredVersion permits PackedVersion, Version {
    /// The version itself.
    Version version(String key);
}
