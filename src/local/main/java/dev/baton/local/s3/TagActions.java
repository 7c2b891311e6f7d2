package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import java.io.IOException;
import java.util.Map;

/// The tags of objects.
final class TagActions {
    private static final int MAX_DOCUMENT = 64 << 10;

    private final Store store;

    TagActions(Store store) {
        this.store = store;
    }

    AwsResponse get(Call call) {
        var bucket = store.bucket(call);
        authorize(call, bucket, "s3:GetObject", Map.of());
        var version = store.find(call, bucket);
        return S3.xml(Tags.document(version.tags())).with("x-amz-version-id", ObjectHeaders.versionId(version, bucket));
    }

    AwsResponse put(Call call) throws IOException {
        var tags = Tags.ofObject(S3.document(call, MAX_DOCUMENT));
        return set(call, "s3:PutObject", tags, 200);
    }

    AwsResponse delete(Call call) throws IOException {
        return set(call, "s3:DeleteObject", Map.of(), 204);
    }

    private AwsResponse set(Call call, String action, Map<String, String> tags, int status) throws IOException {
        var bucket = store.bucket(call);
        authorize(call, bucket, action, tags);
        record Done(Version version, long ticket) {}
        var done = store.locked(bucket, () -> {
            var version = store.find(call, bucket);
            return new Done(
                    version,
                    store.buckets.change(new Change.VersionTagged(bucket.name(), version.key(), version.id(), tags)));
        });
        store.buckets.await(done.ticket());
        store.events.tagged(call, bucket, done.version(), tags, store.now());
        return AwsResponse.of(status).with("x-amz-version-id", ObjectHeaders.versionId(done.version(), bucket));
    }

    private void authorize(Call call, Bucket bucket, String action, Map<String, String> tags) {
        var id = call.versionId();
        var existing = id == null ? bucket.current(call.key()) : bucket.version(call.key(), id);
        store.permissions.requireOnKey(
                call, action + (id == null ? "Tagging" : "VersionTagging"), bucket, call.key(), existing, tags);
    }
}
