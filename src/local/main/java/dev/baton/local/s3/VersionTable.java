package dev.baton.local.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// All versions of each key of a bucket, the current one first; a key without versions is not there. They are held in
/// few bytes and made when somebody asks.
final class VersionTable {
    private static final SharedMetadata SHARED = new SharedMetadata();

    /// A [StoredVersion], or an array of several.
    private final ConcurrentSkipListMap<String, Object> keys = new ConcurrentSkipListMap<>(KeyOrder.UTF_8);

    /// A key and its versions.
    record Entry(String key, List<ObjectVersion> versions) {}

    boolean isEmpty() {
        return keys.isEmpty();
    }

    List<ObjectVersion> of(String key) {
        var stored = keys.get(key);
        return stored == null ? List.of() : versions(key, stored);
    }

    /// @param all the versions of the key, the current one first
    void put(String key, List<ObjectVersion> all) {
        switch (all.size()) {
            case 0 -> keys.remove(key);
            case 1 -> keys.put(key, PackedVersion.of(all.getFirst(), SHARED));
            default ->
                keys.put(
                        key,
                        all.stream()
                                .map(version -> PackedVersion.of(version, SHARED))
                                .toArray(StoredVersion[]::new));
        }
    }

    /// The first key at or after this one.
    @Nullable
    Entry ceiling(String key) {
        return entry(keys.ceilingEntry(key));
    }

    /// The first key after this one.
    @Nullable
    Entry higher(String key) {
        return entry(keys.higherEntry(key));
    }

    private static @Nullable Entry entry(Map.@Nullable Entry<String, Object> stored) {
        return stored == null ? null : new Entry(stored.getKey(), versions(stored.getKey(), stored.getValue()));
    }

    private static List<ObjectVersion> versions(String key, Object stored) {
        if (stored instanceof StoredVersion one) {
            return List.of(one.version(key));
        }
        var versions = new ArrayList<ObjectVersion>();
        for (var each : (StoredVersion[]) stored) {
            versions.add(each.version(key));
        }
        return List.copyOf(versions);
    }

    /// In the order of the keys.
    void forEach(BiConsumer<String, List<ObjectVersion>> into) {
        keys.forEach((key, stored) -> into.accept(key, versions(key, stored)));
    }
}
