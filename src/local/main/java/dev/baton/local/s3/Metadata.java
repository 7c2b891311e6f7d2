package dev.baton.local.s3;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a client says about an object when it writes it.
///
/// @param system `Content-Type` and the other headers that are given back as they came, by their HTTP names
/// @param user what came as `x-amz-meta-…`, names in small letters without that prefix
/// @param storageClass such as `STANDARD`; kept and shown, nothing else
record Metadata(Map<String, String> system, Map<String, String> user, Encryption encryption, String storageClass) {
    Metadata {
        system = Collections.unmodifiableMap(new LinkedHashMap<>(system));
        user = Collections.unmodifiableMap(new LinkedHashMap<>(user));
    }

    /// This encryption and storage class, with what the other says about its object.
    Metadata describing(Metadata other) {
        return new Metadata(other.system, other.user, encryption, storageClass);
    }

    Metadata encrypted(Encryption other) {
        return new Metadata(system, user, other, storageClass);
    }
}
