package dev.baton.compiler.pipeline;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A bucket that a pipeline lives in, and what it refuses to whomever.
///
/// @param logical what tasks call it, such as `lake`; [#STATE] for the one with runs and completion records, which
///     no task can name
/// @param placeholder what stands for its real name: `LakeBucket` for `${LakeBucket}`
/// @param keyPlaceholder what stands for the ARN of the KMS key that it is encrypted with by default, with a bucket
///     key: `LakeKey`; buckets may share one key
/// @param policy the bucket policy, a JSON object with `${…}`. Where pipelines share a bucket, [BucketPolicies#joined]
///     makes one of theirs
/// @param uploads patterns of the keys that others write, too: no other pipeline's policy may shut them out
public record CompiledBucket(
        String logical,
        String placeholder,
        String keyPlaceholder,
        Map<String, @Nullable Object> policy,
        List<String> uploads) {
    public CompiledBucket {
        uploads = List.copyOf(uploads);
    }

    /// The logical name of Baton's own bucket.
    public static final String STATE = "state";

    /// The bucket's ARN, with `${…}`.
    public String arn() {
        return "arn:${Partition}:s3:::${" + placeholder + "}";
    }
}
