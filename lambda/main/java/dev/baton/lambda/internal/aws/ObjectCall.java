package dev.baton.lambda.internal.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;

/// A request about one object, or about what there is under a prefix.
///
/// @param key empty where the bucket itself is meant
/// @param query not percent-coded
/// @param headers without those of the signature
/// @param content what is sent; may be read several times
public record ObjectCall(
        SdkHttpMethod method,
        String bucket,
        String key,
        Map<String, String> query,
        Map<String, String> headers,
        @Nullable ContentStreamProvider content) {

    private static final String LISTING = "list-type";
    private static final String VERSIONS = "versions";

    /// Whether responses tell the checksum that the object was written with.
    private static final Map<String, String> WITH_CHECKSUM = Map.of("x-amz-checksum-mode", "ENABLED");

    /// In bytes: who writes as much waits for S3's leave first, as with the SDK's own client. S3 refuses at once and
    /// closes the connection on who is still sending, who then would never read why.
    private static final long LARGE = 1L << 20;

    /// @throws SdkClientException when there is no key: a request about the bucket itself would be quite another
    public ObjectCall {
        if (key.isEmpty() && !query.containsKey(LISTING) && !query.containsKey(VERSIONS)) {
            throw SdkClientException.create("Key cannot be empty.");
        }
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /// What is known of an object, without its content.
    public static ObjectCall head(String bucket, String key) {
        return new ObjectCall(SdkHttpMethod.HEAD, bucket, key, Map.of(), WITH_CHECKSUM, null);
    }

    /// An object's content.
    ///
    /// @param version the one that is meant; null is the current one
    public static ObjectCall get(String bucket, String key, @Nullable String version) {
        var query = version == null ? Map.<String, String>of() : Map.of("versionId", version);
        return new ObjectCall(SdkHttpMethod.GET, bucket, key, query, WITH_CHECKSUM, null);
    }

    /// The first key under a prefix.
    public static ObjectCall first(String bucket, String prefix) {
        var query = Map.of(LISTING, "2", "prefix", prefix, "max-keys", "1", "encoding-type", "url");
        return new ObjectCall(SdkHttpMethod.GET, bucket, "", query, Map.of(), null);
    }

    /// A page of the keys under a prefix.
    ///
    /// @param next what the page before said of where this one begins; null for the first
    public static ObjectCall list(String bucket, String prefix, @Nullable String next) {
        var query = new LinkedHashMap<>(Map.of(LISTING, "2", "prefix", prefix, "encoding-type", "url"));
        if (next != null) {
            query.put("continuation-token", next);
        }
        return new ObjectCall(SdkHttpMethod.GET, bucket, "", query, Map.of(), null);
    }

    /// The newest version of the first key under a prefix.
    public static ObjectCall firstVersion(String bucket, String prefix) {
        var query = Map.of(VERSIONS, "", "prefix", prefix, "max-keys", "1", "encoding-type", "url");
        return new ObjectCall(SdkHttpMethod.GET, bucket, "", query, Map.of(), null);
    }

    /// Writes an object.
    ///
    /// @param size of the content, in bytes
    public static ObjectCall put(
            String bucket, String key, Map<String, String> headers, ContentStreamProvider content, long size) {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Length", Long.toString(size));
        if (size >= LARGE) {
            all.put("Expect", "100-continue");
        }
        return new ObjectCall(SdkHttpMethod.PUT, bucket, key, Map.of(), all, content);
    }
}
