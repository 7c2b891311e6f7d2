package dev.baton.compiler.environment;

import org.jspecify.annotations.Nullable;

/// A real bucket.
///
/// @param name as S3 has it, unique in the world
/// @param imported whether somebody else made it: then it is only read and written, and its policy, encryption,
///     versioning and notifications are theirs
/// @param key the ARN of the KMS key that encrypts it, where that is not the environment's
/// @param notifications the ARN of an SQS queue or an SNS topic that its own notifications go to, where an imported
///     bucket cannot tell EventBridge of its objects; absent where it can
public record EnvironmentBucket(
        String name,
        boolean imported,
        @Nullable String key,
        @Nullable String notifications) {
    /// One that tells EventBridge.
    public EnvironmentBucket(String name, boolean imported, @Nullable String key) {
        this(name, imported, key, null);
    }
}
