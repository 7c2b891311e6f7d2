package dev.baton.engine.data;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object, or a listing of objects, in a bucket.
///
/// @param bucket the bucket
/// @param key the object's key, or the prefix of a listing
/// @param versionId the version, or null for the newest
/// @param parameters all evaluated parameters or arguments, these included
/// @param roleArn the role that acts: the execution's
public record ObjectRequest(
        String bucket,
        String key,
        @Nullable String versionId,
        Map<String, @Nullable Object> parameters,
        @Nullable String roleArn) {}
