package dev.baton.lambda.internal.objects;

import dev.baton.lambda.internal.aws.ServiceAnswer;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The headers of an object, read.
final class ObjectHeaderReader {
    private ObjectHeaderReader() {}

    static StoredObject stored(String bucket, String key, ServiceAnswer head) throws IOException {
        var metadata = head.metadata();
        var sha256 = sha256(head, metadata);
        var contentType = head.header("Content-Type");
        return new StoredObject(
                bucket,
                key,
                version(head),
                head.need("ETag"),
                Long.parseLong(head.need("Content-Length")),
                sha256,
                sha256 == null ? checksum(head) : null,
                contentType == null ? "application/octet-stream" : contentType,
                metadata);
    }

    static String version(ServiceAnswer answer) {
        var version = answer.header("x-amz-version-id");
        return version == null ? S3Access.UNVERSIONED : version;
    }

    private static @Nullable String sha256(ServiceAnswer head, Map<String, String> metadata) {
        var base64 = whole(head, "sha256");
        return base64 != null
                ? HexFormat.of().formatHex(Base64.getDecoder().decode(base64))
                : metadata.get(S3Access.SHA256_METADATA);
    }

    private static @Nullable String checksum(ServiceAnswer head) {
        for (var algorithm : new String[] {"crc64nvme", "crc32c", "crc32"}) {
            var base64 = whole(head, algorithm);
            if (base64 != null) {
                return algorithm + ":" + base64;
            }
        }
        return null;
    }

    /// A checksum of the whole content. One made of the parts' checksums ends in the number of parts.
    static @Nullable String whole(ServiceAnswer answer, String algorithm) {
        var checksum = answer.header("x-amz-checksum-" + algorithm);
        return checksum == null
                        || checksum.indexOf('-') >= 0
                        || "COMPOSITE".equals(answer.header("x-amz-checksum-type"))
                ? null
                : checksum;
    }
}
