package dev.baton.local.s3;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A bucket and what is in it. Read by everyone at any time, changed by [Buckets] alone, under the lock.
final class Bucket {
    private final String name;
    private final Instant created;
    private volatile Map<BucketSetting, String> settings = Map.of();

    /// Whoever decides by what is there and then changes it holds this.
    final ReentrantLock lock = new ReentrantLock();
    final VersionTable versions = new VersionTable();

    final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    /// Set under the lock; what waited for the lock then finds no bucket.
    volatile boolean deleted;

    Bucket(String name, Instant created) {
        this.name = name;
        this.created = created;
    }

    String name() {
        return name;
    }

    Instant created() {
        return created;
    }

    @Nullable
    String setting(BucketSetting setting) {
        return settings.get(setting);
    }

    void set(BucketSetting setting, @Nullable String value) {
        var changed = new EnumMap<BucketSetting, String>(BucketSetting.class);
        changed.putAll(settings);
        if (value == null) {
            changed.remove(setting);
        } else {
            changed.put(setting, value);
        }
        settings = changed;
    }

    /// Whether new versions get an id of their own.
    boolean keepsVersions() {
        return "Enabled".equals(settings.get(BucketSetting.VERSIONING));
    }

    /// Whether versioning was ever enabled.
    boolean knowsVersions() {
        return settings.containsKey(BucketSetting.VERSIONING);
    }

    /// @param all the versions of the key, the current one first
    void put(String key, List<ObjectVersion> all) {
        versions.put(key, all);
    }

    List<ObjectVersion> versionsOf(String key) {
        return versions.of(key);
    }

    /// The current version, delete markers included.
    @Nullable
    ObjectVersion latest(String key) {
        var all = versionsOf(key);
        return all.isEmpty() ? null : all.getFirst();
    }

    /// The current version where there is an object.
    @Nullable
    ObjectVersion current(String key) {
        var latest = latest(key);
        return latest == null || latest.deleteMarker() ? null : latest;
    }

    @Nullable
    ObjectVersion version(String key, String id) {
        for (var version : versionsOf(key)) {
            if (version.id().equals(id)) {
                return version;
            }
        }
        return null;
    }

    String arn() {
        return "arn:aws:s3:::" + name;
    }

    String arn(String key) {
        return arn() + "/" + key;
    }
}
