package dev.baton.local.s3;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The metadata of an object, as the client that writes it says.
///
/// @param system `Content-Type` and the other headers that are given back as they came, by their HTTP names
/// @param user what came as `x-amz-meta-…`, names in small letters without that prefix
/// @param storageClass such as `STANDARD`; kept and shown, nothing else
record Metadata(Map<String, String> system, Map<String, String> user, Encryption encryption, String storageClass) {
    private static final String REDIRECT = "x-amz-website-redirect-location";

    Metadata {
        system = copy(system);
        user = copy(user);
    }

    private static Map<String, String> copy(Map<String, String> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// This encryption and storage class, with what the other says about its object.
    /// Where it leads to is never the other's.
    Metadata describing(Metadata other) {
        var description = new LinkedHashMap<>(other.system);
        description.remove(REDIRECT);
        description.keySet().removeAll(ObjectLock.HEADERS);
        var own = system.get(REDIRECT);
        if (own != null) {
            description.put(REDIRECT, own);
        }
        return new Metadata(description, other.user, encryption, storageClass);
    }

    /// Whether the bytes have to be restored before they can be read.
    boolean isArchived() {
        return storageClass.equals("GLACIER") || storageClass.equals("DEEP_ARCHIVE");
    }

    /// The same with more headers that are given back.
    Metadata with(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(system);
        all.putAll(more);
        return new Metadata(all, user, encryption, storageClass);
    }

    Metadata encrypted(Encryption other) {
        return new Metadata(system, user, other, storageClass);
    }
}
