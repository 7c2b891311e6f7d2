package dev.baton.local.s3;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened. What the buckets hold is the sum of all changes: [Buckets] applies them when they happen,
/// [ChangeJournal] keeps them, and the next start applies them again.
sealed interface Change {

    /// The bucket it happened to.
    String bucket();

    record BucketCreated(String bucket, Instant at) implements Change {}

    record BucketDeleted(String bucket) implements Change {}

    /// @param value absent where the setting was taken away
    record BucketSet(
            String bucket, BucketSetting setting, @Nullable String value) implements Change {}

    /// A version or delete marker became the current one; one with the id `null` replaced the former `null` version.
    record VersionAdded(String bucket, ObjectVersion version) implements Change {}

    record VersionRemoved(String bucket, String key, String id) implements Change {}

    record VersionTagged(String bucket, String key, String id, Map<String, String> tags) implements Change {}

    record UploadBegun(String bucket, Upload upload) implements Change {}

    /// A part arrived; one of the same number is replaced.
    record PartAdded(String bucket, String key, String uploadId, Part part) implements Change {}

    record UploadAborted(String bucket, String key, String uploadId) implements Change {}

    record UploadCompleted(String bucket, String uploadId, ObjectVersion version) implements Change {}
}
