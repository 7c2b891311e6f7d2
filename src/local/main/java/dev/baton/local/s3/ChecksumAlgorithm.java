package dev.baton.local.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The checksums that S3 knows, by their names on the wire.
enum ChecksumAlgorithm {
    CRC32(4, () -> new OfCrc(new CRC32(), 4)),
    CRC32C(4, () -> new OfCrc(new CRC32C(), 4)),
    CRC64NVME(8, () -> new OfCrc(new Crc64Nvme(), 8)),
    SHA1(20, () -> new OfDigest("SHA-1")),
    SHA256(32, () -> new OfDigest("SHA-256"));

    /// A checksum being taken.
    interface Running {
        void update(byte[] bytes, int offset, int length);

        byte[] digest();
    }

    private final int length;
    private final Supplier<Running> start;
    private final String header = "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);

    ChecksumAlgorithm(int length, Supplier<Running> start) {
        this.length = length;
        this.start = start;
    }

    Running start() {
        return start.get();
    }

    /// `x-amz-checksum-crc32` and its like.
    String header() {
        return header;
    }

    /// `ChecksumCRC32` and its like.
    String element() {
        return "Checksum" + name();
    }

    /// Whether the checksum of a whole follows from those of its parts.
    boolean isLinear() {
        return length <= 8;
    }

    /// What parts' checksums make of the whole where the client asks for nothing.
    Checksum.Type defaultType() {
        return this == CRC64NVME ? Checksum.Type.FULL_OBJECT : Checksum.Type.COMPOSITE;
    }

    /// Whether the text is base64 of as many bytes as the checksum has.
    boolean isValue(String text) {
        try {
            return Base64.getDecoder().decode(text).length == length;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static @Nullable ChecksumAlgorithm of(String name) {
        for (var algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return algorithm;
            }
        }
        return null;
    }

    private record OfCrc(java.util.zip.Checksum crc, int length) implements Running {
        @Override
        public void update(byte[] bytes, int offset, int count) {
            crc.update(bytes, offset, count);
        }

        @Override
        public byte[] digest() {
            var buffer = ByteBuffer.allocate(length);
            return (length == 4 ? buffer.putInt((int) crc.getValue()) : buffer.putLong(crc.getValue())).array();
        }
    }

    private record OfDigest(MessageDigest digesting) implements Running {
        OfDigest(String name) {
            this(instance(name));
        }

        private static MessageDigest instance(String name) {
            try {
                return MessageDigest.getInstance(name);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every JDK has " + name, e);
            }
        }

        @Override
        public void update(byte[] bytes, int offset, int count) {
            digesting.update(bytes, offset, count);
        }

        @Override
        public byte[] digest() {
            return digesting.digest();
        }
    }
}
