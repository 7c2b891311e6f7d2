package dev.baton.local.s3;

import dev.baton.local.http.Account;
import java.lang.System.Logger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Tells EventBridge what happened to objects, before whoever asked for it is answered: what was answered is not lost.
///
/// See [EventBridge event message structure](https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html).
record ObjectEvents(Account account, EventSink sink) {
    private static final Logger LOG = System.getLogger("dev.baton.local");

    /// @param reason `PutObject`, `PostObject`, `CopyObject` or `CompleteMultipartUpload`
    void created(S3Call call, Bucket bucket, ObjectVersion version, String reason) {
        if (isWanted(bucket)) {
            var detail = detail(call, bucket, version, true);
            detail.put("reason", reason);
            send("Object Created", bucket, version.modified(), detail);
        }
    }

    /// @param version what is gone, or the delete marker that now hides the object
    /// @param removed whether the version is gone for good
    void deleted(S3Call call, Bucket bucket, ObjectVersion version, boolean removed, Instant at, long sequence) {
        if (isWanted(bucket)) {
            var detail = detail(call, bucket, ObjectVersion.marker(version.key(), version.id(), sequence, at), false);
            detail.put("reason", "DeleteObject");
            detail.put("deletion-type", removed ? "Permanently Deleted" : "Delete Marker Created");
            send("Object Deleted", bucket, at, detail);
        }
    }

    /// @param tags none where they were deleted
    void tagged(S3Call call, Bucket bucket, ObjectVersion version, Map<String, String> tags, Instant at) {
        if (isWanted(bucket)) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            object.put("key", version.key());
            object.put("etag", version.etag());
            if (bucket.knowsVersions()) {
                object.put("version-id", version.id());
            }
            var detail = detail(call, bucket, version, true);
            detail.put("object", object);
            send(tags.isEmpty() ? "Object Tags Deleted" : "Object Tags Added", bucket, at, detail);
        }
    }

    private static boolean isWanted(Bucket bucket) {
        var document = bucket.setting(BucketSetting.NOTIFICATION);
        return document != null && document.contains("EventBridgeConfiguration");
    }

    private static Map<String, @Nullable Object> detail(
            S3Call call, Bucket bucket, ObjectVersion version, boolean exists) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("key", version.key());
        if (exists) {
            object.put("size", version.size());
            object.put("etag", version.etag());
        }
        if (bucket.knowsVersions()) {
            object.put("version-id", version.id());
        }
        object.put("sequencer", sequencer(version.sequence()));
        var detail = new LinkedHashMap<String, @Nullable Object>();
        detail.put("version", "0");
        detail.put("bucket", Map.of("name", bucket.name()));
        detail.put("object", object);
        detail.put("request-id", call.request().id());
        detail.put("requester", call.request().caller().account());
        detail.put("source-ip-address", call.request().sourceIp());
        return detail;
    }

    /// Of one length, so that they compare as texts.
    static String sequencer(long sequence) {
        return String.format("%018X", sequence);
    }

    private void send(String type, Bucket bucket, Instant time, Map<String, @Nullable Object> detail) {
        var random = ThreadLocalRandom.current();
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put("version", "0");
        event.put(
                "id", new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63).toString());
        event.put("detail-type", type);
        event.put("source", "aws.s3");
        event.put("account", account.id());
        event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", account.region());
        event.put("resources", List.of(bucket.arn()));
        event.put("detail", detail);
        try {
            sink.accept(event);
        } catch (RuntimeException | Error e) {
            LOG.log(Logger.Level.ERROR, "an S3 event was not taken", e);
        }
    }
}
