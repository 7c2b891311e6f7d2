package dev.baton.lambda.internal.objects;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One version of an object as S3 describes it, without its content.
///
/// @param version the version id, `null` as text where the bucket keeps no versions
/// @param etag good for `If-Match` only: under SSE-KMS and multipart uploads it is not a hash of the content
/// @param sha256 the SHA-256 of the whole content in hexadecimal, where S3 or Baton's metadata knows it
/// @param checksum another checksum of the whole content as `algorithm:base64`, where S3 knows one and no SHA-256
/// @param metadata the user's, names in lower case
public record StoredObject(
        String bucket,
        String key,
        String version,
        String etag,
        long size,
        @Nullable String sha256,
        @Nullable String checksum,
        String contentType,
        Map<String, String> metadata) {

    public StoredObject {
        metadata = Map.copyOf(metadata);
    }
}
