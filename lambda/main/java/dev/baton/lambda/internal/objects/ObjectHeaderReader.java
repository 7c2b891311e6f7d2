package dev.baton.lambda.internal.objects;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// Reads what S3 says of an object in the headers of an answer.
final class ObjectHeaderReader {
    private ObjectHeaderReader() {}

    static StoredObject stored(String bucket, String key, HeadObjectResponse head) {
        var sha256 = sha256(head);
        return new StoredObject(
                bucket,
                key,
                version(head.versionId()),
                head.eTag(),
                head.contentLength(),
                sha256,
                sha256 == null ? checksum(head) : null,
                head.contentType() == null ? "application/octet-stream" : head.contentType(),
                head.metadata());
    }

    static String version(@Nullable String told) {
        return told == null ? S3Access.UNVERSIONED : told;
    }

    private static @Nullable String sha256(HeadObjectResponse head) {
        var base64 = head.checksumSHA256();
        return isWhole(head, base64)
                ? HexFormat.of().formatHex(Base64.getDecoder().decode(base64))
                : head.metadata().get(S3Access.SHA256_METADATA);
    }

    private static @Nullable String checksum(HeadObjectResponse head) {
        if (isWhole(head, head.checksumCRC64NVME())) {
            return "crc64nvme:" + head.checksumCRC64NVME();
        }
        if (isWhole(head, head.checksumCRC32C())) {
            return "crc32c:" + head.checksumCRC32C();
        }
        return isWhole(head, head.checksumCRC32()) ? "crc32:" + head.checksumCRC32() : null;
    }

    /// Whether there is one of the whole content. One made of the parts' checksums ends in the number of parts.
    private static boolean isWhole(HeadObjectResponse head, @Nullable String checksum) {
        return checksum != null && checksum.indexOf('-') < 0 && head.checksumType() != ChecksumType.COMPOSITE;
    }
}
