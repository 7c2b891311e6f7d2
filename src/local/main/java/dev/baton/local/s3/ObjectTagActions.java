package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.service.ApiOperation;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The tags of objects.
record ObjectTagActions(S3Context store) {
    private static final int MAX_DOCUMENT = 64 << 10;

    List<ApiOperation<S3Route>> all() {
        return List.of(
                ApiOperation.reading("GetObjectTagging", route("GET", this::get), rights("Get")),
                ApiOperation.changing("PutObjectTagging", route("PUT", this::put), rights("Put")),
                ApiOperation.changing("DeleteObjectTagging", route("DELETE", this::delete), rights("Delete")));
    }

    private static S3Route route(String method, S3Route.Action action) {
        return S3Route.of(method + " /{Bucket}/{Key+}?tagging", action);
    }

    private static String[] rights(String verb) {
        return new String[] {verb + "ObjectTagging", verb + "ObjectVersionTagging", "ListBucket"};
    }

    AwsResponse get(S3Call call) {
        var bucket = store.bucket(call);
        authorize(call, bucket, Map.of());
        var version = store.find(call, bucket);
        return S3Xml.answer(Tags.document(version.tags()))
                .with("x-amz-version-id", ObjectHeaders.versionId(version, bucket));
    }

    AwsResponse put(S3Call call) throws IOException {
        var tags = Tags.ofObject(S3Xml.document(call, MAX_DOCUMENT));
        return set(call, tags, 200);
    }

    AwsResponse delete(S3Call call) throws IOException {
        return set(call, Map.of(), 204);
    }

    private AwsResponse set(S3Call call, Map<String, String> tags, int status) throws IOException {
        var bucket = store.bucket(call);
        authorize(call, bucket, tags);
        record Done(ObjectVersion version, long ticket) {}
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

    private void authorize(S3Call call, Bucket bucket, Map<String, String> tags) {
        var id = call.versionId();
        var existing = id == null ? bucket.current(call.key()) : bucket.version(call.key(), id);
        store.permissions.requireOnKey(call, call.rights().get(id == null ? 0 : 1), bucket, call.key(), existing, tags);
    }
}
