package dev.baton.local.s3;

import dev.baton.local.http.Account;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.ServiceRefusal;
import java.lang.System.Logger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Tells EventBridge, and the topics that a bucket names, what happened to objects, before whoever asked for it is
/// answered: what was answered is not lost.
///
/// See [EventBridge event message structure](https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html).
record ObjectEvents(Account account, EventSink sink, NotificationSink notifications) {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Logger LOG = System.getLogger("dev.baton.local");

    /// @param reason `PutObject`, `PostObject`, `CopyObject` or `CompleteMultipartUpload`
    void created(S3Call call, Bucket bucket, ObjectVersion version, String reason) {
        if (isWanted(bucket)) {
            var detail = detail(call, bucket, version, true);
            detail.put("reason", reason);
            send("Object Created", bucket, version.modified(), detail);
        }
        notify("ObjectCreated:" + reason.replaceFirst("Object$", ""), call, bucket, version, true, version.modified());
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
        var gone = ObjectVersion.marker(version.key(), version.id(), sequence, at);
        notify("ObjectRemoved:" + (removed ? "Delete" : "DeleteMarkerCreated"), call, bucket, gone, false, at);
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
        notify("ObjectTagging:" + (tags.isEmpty() ? "Delete" : "Put"), call, bucket, version, true, at);
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

    /// Tells the bucket's own destinations.
    private void notify(String event, S3Call call, Bucket bucket, ObjectVersion version, boolean exists, Instant time) {
        for (var rule : NotificationRule.of(bucket)) {
            if (rule.isFor(event, version.key())) {
                var record = record(event, call, time);
                record.put("s3", described(rule, bucket, version, exists));
                try {
                    notifications.accept(rule.destination(), bucket.arn(), Map.of("Records", List.of(record)));
                } catch (RuntimeException | Error e) {
                    LOG.log(Logger.Level.WARNING, "a notification of " + bucket.arn() + " was not taken", e);
                }
            }
        }
    }

    /// See [Event message
    /// structure](https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html).
    private Map<String, @Nullable Object> record(String event, S3Call call, Instant time) {
        var request = call.request();
        var record = new LinkedHashMap<String, @Nullable Object>();
        record.put("eventVersion", "2.1");
        record.put("eventSource", "aws:s3");
        record.put("awsRegion", account.region());
        record.put("eventTime", MILLIS.format(time));
        record.put("eventName", event);
        record.put(
                "userIdentity", Map.of("principalId", "AWS:" + request.caller().userId()));
        record.put("requestParameters", Map.of("sourceIPAddress", request.sourceIp()));
        record.put(
                "responseElements",
                Map.of("x-amz-request-id", request.id(), "x-amz-id-2", Protocol.hostId(request.id())));
        return record;
    }

    private Map<String, @Nullable Object> described(
            NotificationRule rule, Bucket bucket, ObjectVersion version, boolean exists) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        var key = new StringBuilder();
        PercentCode.encode(version.key(), true, key);
        object.put("key", key.toString().replace("%20", "+"));
        if (exists) {
            object.put("size", version.size());
            object.put("eTag", version.etag().replace("\"", ""));
        }
        if (bucket.knowsVersions()) {
            object.put("versionId", version.id());
        }
        object.put("sequencer", sequencer(version.sequence()));
        var s3 = new LinkedHashMap<String, @Nullable Object>();
        s3.put("s3SchemaVersion", "1.0");
        s3.put("configurationId", rule.id());
        s3.put(
                "bucket",
                Map.of(
                        "name",
                        bucket.name(),
                        "ownerIdentity",
                        Map.of("principalId", S3Xml.ownerId(account)),
                        "arn",
                        bucket.arn()));
        s3.put("object", object);
        return s3;
    }

    /// Asks each destination whether it takes what the bucket tells, by a message that says so.
    ///
    /// @throws dev.baton.local.http.AwsError `InvalidArgument`
    void test(S3Call call, Bucket bucket, List<NotificationRule> rules, Instant now) {
        for (var rule : rules) {
            try {
                notifications.accept(
                        rule.destination(),
                        bucket.arn(),
                        Map.of(
                                "Service",
                                "Amazon S3",
                                "Event",
                                "s3:TestEvent",
                                "Time",
                                MILLIS.format(now),
                                "Bucket",
                                bucket.name(),
                                "RequestId",
                                call.request().id(),
                                "HostId",
                                Protocol.hostId(call.request().id())));
            } catch (ServiceRefusal e) {
                throw S3Error.invalidArgument(
                        "Unable to validate the following destination configurations",
                        rule.destination(),
                        String.valueOf(e.message()));
            }
        }
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
