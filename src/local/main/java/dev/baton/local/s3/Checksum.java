package dev.baton.local.s3;

import java.util.Base64;

/// A checksum of an object or part.
///
/// @param value in base64; of a composite one followed by `-` and the number of parts
record Checksum(ChecksumAlgorithm algorithm, String value, Type type) {

    /// The bases of a checksum: all bytes, or the checksums of the parts.
    enum Type {
        FULL_OBJECT,
        COMPOSITE
    }

    static Checksum full(ChecksumAlgorithm algorithm, byte[] digest) {
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(digest), Type.FULL_OBJECT);
    }

    byte[] digest() {
        int dash = value.indexOf('-');
        return Base64.getDecoder().decode(dash < 0 ? value : value.substring(0, dash));
    }
}
