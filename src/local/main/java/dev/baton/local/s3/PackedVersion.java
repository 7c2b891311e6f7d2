package dev.baton.local.s3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A version in few bytes: a store may have millions of them, and nearly all are alike. What the key and the metadata
/// say, which many share, stands elsewhere.
///
/// @param metadata shared with others that have the same
/// @param tags shared where there are none
/// @param data the numbers and texts, one after another
/// @param bytes the content where it is on the heap, else null
record PackedVersion(Metadata metadata, Map<String, String> tags, byte[] data, byte @Nullable [] bytes)
        implements StoredVersion {
    private static final HexFormat HEX = HexFormat.of();
    private static final int HEX_LENGTH = 32;
    private static final ChecksumAlgorithm[] ALGORITHMS = ChecksumAlgorithm.values();
    private static final Checksum.Type[] TYPES = Checksum.Type.values();
    private static final Form[] FORMS = Form.values();

    /// The forms in which a text is written.
    private enum Form {
        /// As it is.
        TEXT,
        /// 32 digits, as 16 bytes.
        HEX,
        /// As the bytes that it stands for.
        BASE64,
        /// [ObjectVersion#NULL].
        NULL
    }

    /// The version in few bytes, or as it is where it is out of the ordinary.
    ///
    /// @param shared gives what others have that is the same
    static StoredVersion of(ObjectVersion version, SharedMetadata shared) {
        var checksum = version.checksum();
        if (version.inParts() || version.parts().size() != 1 || checksum == null) {
            return version;
        }
        var part = version.parts().getFirst();
        if (part.number() != 1
                || part.size() != version.size()
                || part.blob().length() != version.size()
                || !part.etag().equals(version.etag())
                || !part.checksum().equals(checksum)
                || !part.modified().equals(version.modified())) {
            return version;
        }
        var data = new Data(ByteBuffer.allocate(48
                + 4
                        * (version.id().length()
                                + version.etag().length()
                                + checksum.value().length())
                + (part.blob() instanceof Blob.InFile(String id, long length) ? 4 * id.length() : 0)));
        data.number(version.sequence());
        data.number(version.size());
        data.number(version.modified().getEpochSecond());
        data.number(version.modified().getNano());
        data.text(version.id());
        data.text(version.etag());
        data.number(checksum.algorithm().ordinal());
        data.number(checksum.type().ordinal());
        data.text(checksum.value());
        byte[] bytes = null;
        switch (part.blob()) {
            case Blob.InFile(String id, long length) -> data.text(id);
            case Blob.InMemory(byte[] content) -> bytes = content;
        }
        return new PackedVersion(
                shared.same(version.metadata()),
                version.tags().isEmpty() ? Map.of() : version.tags(),
                Arrays.copyOf(data.buffer().array(), data.buffer().position()),
                bytes);
    }

    @Override
    public ObjectVersion version(String key) {
        var data = new Data(ByteBuffer.wrap(this.data));
        var sequence = data.number();
        var size = data.number();
        var modified = Instant.ofEpochSecond(data.number(), data.number());
        var id = data.text();
        var etag = data.text();
        var algorithm = ALGORITHMS[(int) data.number()];
        var type = TYPES[(int) data.number()];
        var checksum = new Checksum(algorithm, data.text(), type);
        var blob = bytes == null ? new Blob.InFile(data.text(), size) : new Blob.InMemory(bytes);
        return new ObjectVersion(
                key,
                id,
                false,
                sequence,
                modified,
                etag,
                size,
                metadata,
                checksum,
                List.of(new Part(1, size, etag, checksum, modified, blob)),
                false,
                tags);
    }

    /// Numbers and texts one after another.
    private record Data(ByteBuffer buffer) {
        /// Seven bits a byte, the lowest first.
        void number(long number) {
            var rest = number;
            while ((rest & ~0x7FL) != 0) {
                buffer.put((byte) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            buffer.put((byte) rest);
        }

        long number() {
            var number = 0L;
            for (var shift = 0; ; shift += 7) {
                var next = buffer.get();
                number |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }

        void text(String text) {
            if (text.equals(ObjectVersion.NULL)) {
                write(Form.NULL, new byte[0]);
                return;
            }
            var hex = hex(text);
            var coded = hex == null ? base64(text) : null;
            if (hex != null) {
                write(Form.HEX, hex);
            } else if (coded != null) {
                write(Form.BASE64, coded);
            } else {
                write(Form.TEXT, text.getBytes(StandardCharsets.UTF_8));
            }
        }

        private void write(Form form, byte[] bytes) {
            number(((long) bytes.length << 2) | form.ordinal());
            buffer.put(bytes);
        }

        String text() {
            var head = number();
            var bytes = new byte[(int) (head >> 2)];
            buffer.get(bytes);
            return switch (FORMS[(int) (head & 3)]) {
                case TEXT -> new String(bytes, StandardCharsets.UTF_8);
                case HEX -> HEX.formatHex(bytes);
                case BASE64 -> Base64.getEncoder().encodeToString(bytes);
                case NULL -> ObjectVersion.NULL;
            };
        }

        private static byte @Nullable [] hex(String text) {
            if (text.length() != HEX_LENGTH) {
                return null;
            }
            for (var i = 0; i < HEX_LENGTH; i++) {
                var c = text.charAt(i);
                if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                    return null;
                }
            }
            return HEX.parseHex(text);
        }

        /// Only of what is written so that it comes out as it went in.
        private static byte @Nullable [] base64(String text) {
            if (text.isEmpty() || text.length() % 4 != 0 || text.charAt(text.length() - 1) != '=') {
                return null;
            }
            try {
                var bytes = Base64.getDecoder().decode(text);
                return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : null;
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }
}
