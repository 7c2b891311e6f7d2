package dev.baton.local.s3;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One version of an object, or a delete marker.
///
/// @param id random; [#NULL] for what was written without versioning
/// @param sequence grows with each write in the account, so that later ones are told from earlier ones
/// @param etag without quotes; empty for a delete marker
/// @param parts of an object uploaded in parts, else the object itself as part 1; empty for a delete marker
/// @param inParts whether it was uploaded in parts
record ObjectVersion(
        String key,
        String id,
        boolean deleteMarker,
        long sequence,
        Instant modified,
        String etag,
        long size,
        Metadata metadata,
        @Nullable Checksum checksum,
        List<Part> parts,
        boolean inParts,
        Map<String, String> tags)
        implements StoredVersion {
    /// The id of what was written without versioning.
    static final String NULL = "null";

    ObjectVersion {
        parts = List.copyOf(parts);
        tags = tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    static ObjectVersion marker(String key, String id, long sequence, Instant modified) {
        var nothing = new Metadata(Map.of(), Map.of(), Encryption.S3_MANAGED, "STANDARD");
        return new ObjectVersion(key, id, true, sequence, modified, "", 0, nothing, null, List.of(), false, Map.of());
    }

    @Override
    public ObjectVersion version(String itsKey) {
        return this;
    }

    ObjectVersion withTags(Map<String, String> others) {
        return new ObjectVersion(
                key, id, deleteMarker, sequence, modified, etag, size, metadata, checksum, parts, inParts, others);
    }

    String quotedEtag() {
        return '"' + etag + '"';
    }
}
