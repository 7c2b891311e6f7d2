package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.PercentCode;
import dev.baton.local.service.ApiOperation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request to S3 and what it is about.
///
/// @param bucket empty where it is about all buckets
/// @param key empty where it is about a bucket
/// @param rights the IAM actions that its operation may ask leave for, its own first
record S3Call(AwsRequest request, String bucket, String key, List<String> rights) {
    static final int MAX_KEY_BYTES = 1024;

    @Nullable
    String query(String name) {
        return request.query().get(name);
    }

    @Nullable
    String header(String name) {
        return request.headers().get(name);
    }

    /// The version asked for; nothing for the current one.
    @Nullable
    String versionId() {
        return request.query().get("versionId");
    }

    /// The call as one of an operation.
    S3Call of(ApiOperation<?> operation) {
        return new S3Call(request, bucket, key, operation.rights());
    }

    /// The same operation on an object that something else than the path names.
    S3Call with(AwsRequest other, String named) {
        return new S3Call(other, bucket, named, rights);
    }

    /// The operation's own IAM action.
    String right() {
        return rights.getFirst();
    }

    /// The bucket and key that a request names, in its path or in its host.
    static S3Call of(AwsRequest request, VirtualHosts hosts) {
        var path = request.rawPath();
        var bucket = hosts.bucketOf(request.headers().get("Host", ""));
        if (bucket != null) {
            return new S3Call(request, bucket, key(path.substring(1)), List.of());
        }
        int slash = path.indexOf('/', 1);
        return new S3Call(
                request,
                PercentCode.decode(slash < 0 ? path.substring(1) : path.substring(1, slash)),
                slash < 0 ? "" : key(path.substring(slash + 1)),
                List.of());
    }

    private static String key(String raw) {
        var key = PercentCode.decode(raw);
        checkLength(key);
        return key;
    }

    /// @throws AwsError `KeyTooLongError`
    static void checkLength(String key) {
        if (key.length() > MAX_KEY_BYTES || key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw new AwsError(400, "KeyTooLongError", "Your key is too long")
                    .with("Size", Integer.toString(key.getBytes(StandardCharsets.UTF_8).length))
                    .with("MaxSizeAllowed", Integer.toString(MAX_KEY_BYTES));
        }
    }
}
