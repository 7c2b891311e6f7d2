package dev.baton.local.s3;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Metadata that many versions have in common, each of them once.
final class SharedMetadata {
    /// Where each object says something else, nothing is gained.
    private static final int MOST = 10_000;

    private final Map<Metadata, Metadata> known = new ConcurrentHashMap<>();

    /// One that is the same, often one that was there before.
    Metadata same(Metadata metadata) {
        var before = known.get(metadata);
        if (before != null) {
            return before;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        var raced = known.putIfAbsent(metadata, metadata);
        return raced == null ? metadata : raced;
    }
}
