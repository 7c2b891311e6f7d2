package dev.baton.local.s3;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// An upload in parts that has neither been completed nor aborted.
///
/// @param initiator the ARN of who began it
/// @param checksumAlgorithm what parts come with; absent where the client did not say
/// @param parts those uploaded so far, by number; grows
record Upload(
        String id,
        String key,
        Instant begun,
        String initiator,
        Metadata metadata,
        Map<String, String> tags,
        @Nullable ChecksumAlgorithm checksumAlgorithm,
        Checksum.@Nullable Type checksumType,
        NavigableMap<Integer, Part> parts) {

    Upload {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    static NavigableMap<Integer, Part> noParts() {
        return new ConcurrentSkipListMap<>();
    }

    /// What the parts' checksums are taken with.
    ChecksumAlgorithm algorithm() {
        return checksumAlgorithm == null ? ChecksumAlgorithm.CRC64NVME : checksumAlgorithm;
    }

    Checksum.Type type() {
        var asked = checksumType;
        return asked == null ? algorithm().defaultType() : asked;
    }
}
