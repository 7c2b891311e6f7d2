package dev.baton.lambda.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Versioned buckets, strongly consistent. Every version stays; who wrote it stands with it.
final class ObjectStore {
    private final Map<String, TreeMap<String, List<Version>>> buckets = new HashMap<>();
    private int writes;

    /// One version of an object, or a delete marker.
    ///
    /// @param number counts all writes, so that versions of different keys can be compared
    /// @param content null for a delete marker
    /// @param headers metadata and checksum, names in lower case
    @SuppressWarnings("ArrayRecordComponent")
    record Version(String id, String etag, int number, byte @Nullable [] content, Map<String, String> headers) {
        @Nullable
        String metadata(String name) {
            return headers.get("x-amz-meta-" + name);
        }
    }

    Version put(String bucket, String key, byte @Nullable [] content, Map<String, String> headers) {
        var versions = buckets.computeIfAbsent(bucket, name -> new TreeMap<>())
                .computeIfAbsent(key, name -> new ArrayList<>());
        var number = ++writes;
        // Counted by key: what else is written does not change it, and so not the names of executions either.
        var id = "v" + (versions.size() + 1) + "." + Integer.toHexString(key.hashCode());
        var version = new Version(id, "\"e" + id + "\"", number, content, headers);
        versions.add(version);
        return version;
    }

    /// How many versions there are of all keys: the number of the last.
    int writes() {
        return writes;
    }

    /// All versions of a key, oldest first.
    List<Version> versions(String bucket, String key) {
        return buckets.getOrDefault(bucket, new TreeMap<>()).getOrDefault(key, List.of());
    }

    /// The current version, or null where there is none or it is a delete marker.
    @Nullable
    Version current(String bucket, String key) {
        var all = versions(bucket, key);
        return all.isEmpty() || all.getLast().content() == null ? null : all.getLast();
    }

    @Nullable
    Version version(String bucket, String key, String id) {
        for (var version : versions(bucket, key)) {
            if (version.id().equals(id)) {
                return version;
            }
        }
        return null;
    }

    /// The current objects under a prefix, in the order of their keys.
    Map<String, Version> list(String bucket, String prefix) {
        var found = new TreeMap<String, Version>();
        buckets.getOrDefault(bucket, new TreeMap<>()).tailMap(prefix).entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> entry.getValue().getLast().content() != null)
                .forEach(entry -> found.put(entry.getKey(), entry.getValue().getLast()));
        return found;
    }

    /// The first key that begins so, also of what was deleted.
    @Nullable
    String first(String bucket, String prefix) {
        var key = buckets.getOrDefault(bucket, new TreeMap<>()).ceilingKey(prefix);
        return key != null && key.startsWith(prefix) ? key : null;
    }

    /// Every key that ever was in a bucket.
    List<String> keys(String bucket) {
        return List.copyOf(buckets.getOrDefault(bucket, new TreeMap<>()).keySet());
    }
}
