package dev.baton.lambda.internal.arrival;

import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3BucketEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import dev.baton.lambda.internal.ObjectCreated;
import dev.baton.run.Requester;
import dev.baton.run.Requester.EventKind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// S3's own notifications
/// ([form](https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html)). Unlike
/// EventBridge's events they have keys as a form would send them: `+` for a space, `%xx` for the bytes of UTF-8.
final class S3Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(S3Notifications.class);
    private static final String WHAT = "the notification of S3";

    private S3Notifications() {}

    static List<Arrival> read(Map<String, @Nullable Object> event) {
        return typed(event).getRecords().stream().map(S3Notifications::arrival).toList();
    }

    /// The library's own type, but for what nobody here asks: times, who did it and from where.
    static S3EventNotification typed(Map<String, @Nullable Object> event) {
        return new S3EventNotification(EventMembers.records(WHAT, event).stream()
                .map(S3Notifications::record)
                .toList());
    }

    @SuppressWarnings("NullAway") // The library says nothing of nulls; absent members are null in its types.
    private static S3EventNotificationRecord record(EventMembers record) {
        var s3 = record.object("s3");
        var bucket = s3.object("bucket");
        var object = s3.object("object");
        return new S3EventNotificationRecord(
                record.text("awsRegion"),
                record.need("eventName"),
                record.text("eventSource"),
                null,
                record.text("eventVersion"),
                null,
                null,
                new S3Entity(
                        s3.text("configurationId"),
                        new S3BucketEntity(bucket.need("name"), null, bucket.text("arn")),
                        new S3ObjectEntity(
                                object.need("key"),
                                object.number("size"),
                                object.text("eTag"),
                                object.text("versionId"),
                                object.text("sequencer")),
                        s3.text("s3SchemaVersion")),
                null);
    }

    private static Arrival arrival(S3EventNotificationRecord record) {
        var object = record.getS3().getObject();
        if (!record.getEventName().startsWith("ObjectCreated:")) {
            return new Arrival.Ignored("S3's " + record.getEventName() + ": only what appears starts anything");
        }
        LOG.atDebug()
                .addKeyValue("key", object.getKey())
                .addKeyValue("version", object.getVersionId())
                .addKeyValue("sequencer", object.getSequencer())
                .log("notified of an object");
        return new Arrival.Appeared(
                new ObjectCreated(record.getS3().getBucket().getName(), decoded(object)),
                Requester.event(EventKind.UPLOAD));
    }

    private static String decoded(S3ObjectEntity object) {
        try {
            return object.getUrlDecodedKey();
        } catch (IllegalArgumentException e) {
            throw ArrivalFindings.incomplete(WHAT, "key that is URL-encoded, but \"" + object.getKey() + "\"");
        }
    }
}
