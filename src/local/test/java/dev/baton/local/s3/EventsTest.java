package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.RecordedEvents;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

class EventsTest {
    static final RecordedEvents EVENTS = new RecordedEvents();
    static EmbeddedAws aws;
    static Clients clients;
    static S3Client s3;

    @BeforeAll
    static void start() {
        aws = EVENTS.taking(EmbeddedAws.builder()).start();
        clients = new Clients(aws);
        s3 = clients.s3();
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    private static void bucket(String name, boolean versioned) {
        s3.createBucket(create -> create.bucket(name));
        if (versioned) {
            s3.putBucketVersioning(put -> put.bucket(name).versioningConfiguration(config -> config.status("Enabled")));
        }
        s3.putBucketNotificationConfiguration(put ->
                put.bucket(name).notificationConfiguration(config -> config.eventBridgeConfiguration(bridge -> {})));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> event, String name) {
        return (Map<String, Object>) event.get(name);
    }

    @Test
    void tags_are_told_when_they_are_added_and_when_they_are_deleted() throws InterruptedException {
        bucket("labels", true);
        var version = s3.putObject(put -> put.bucket("labels").key("k"), RequestBody.fromString("x"))
                .versionId();
        EVENTS.next();
        s3.putObjectTagging(put -> put.bucket("labels")
                .key("k")
                .tagging(set -> set.tagSet(tag -> tag.key("a").value("b"))));
        var added = EVENTS.next();
        assertThat(added).containsEntry("detail-type", "Object Tags Added");
        assertThat(object(object(added, "detail"), "object"))
                .containsEntry("key", "k")
                .containsEntry("version-id", version)
                .containsKey("etag");
        s3.deleteObjectTagging(delete -> delete.bucket("labels").key("k"));
        assertThat(EVENTS.next()).containsEntry("detail-type", "Object Tags Deleted");
    }

    @Test
    void an_upload_is_told_as_event_bridge_tells_it() throws InterruptedException {
        bucket("told", true);
        var put = s3.putObject(
                ask -> ask.bucket("told").key("landing/new york+%2e/2012.csv"), RequestBody.fromString("hello\n"));
        var event = EVENTS.next();
        assertThat(event)
                .containsEntry("version", "0")
                .containsEntry("detail-type", "Object Created")
                .containsEntry("source", "aws.s3")
                .containsEntry("account", "000000000000")
                .containsEntry("region", "us-east-1")
                .containsEntry("resources", List.of("arn:aws:s3:::told"))
                .containsKeys("id", "time");
        assertThat((String) event.get("time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        var detail = object(event, "detail");
        assertThat(detail)
                .containsEntry("version", "0")
                .containsEntry("bucket", Map.of("name", "told"))
                .containsEntry("requester", "000000000000")
                .containsEntry("source-ip-address", "127.0.0.1")
                .containsEntry("reason", "PutObject")
                .containsEntry("request-id", put.responseMetadata().requestId());
        assertThat(object(detail, "object"))
                .containsEntry("key", "landing/new york+%2e/2012.csv")
                .containsEntry("size", 6L)
                .containsEntry("etag", "b1946ac92492d2347c6235b4d2611184")
                .containsEntry("version-id", put.versionId());
        assertThat((String) object(detail, "object").get("sequencer")).matches("[0-9A-F]{18}");
    }

    @Test
    void every_kind_of_write_names_its_reason() throws InterruptedException {
        bucket("reasons", false);
        s3.putObject(put -> put.bucket("reasons").key("k"), RequestBody.fromString("1"));
        assertThat(object(EVENTS.next(), "detail")).containsEntry("reason", "PutObject");
        s3.copyObject(copy -> copy.sourceBucket("reasons")
                .sourceKey("k")
                .destinationBucket("reasons")
                .destinationKey("copy"));
        assertThat(object(EVENTS.next(), "detail")).containsEntry("reason", "CopyObject");
        var id = s3.createMultipartUpload(create -> create.bucket("reasons").key("parts"))
                .uploadId();
        var etag = s3.uploadPart(
                        put -> put.bucket("reasons").key("parts").uploadId(id).partNumber(1),
                        RequestBody.fromString("part"))
                .eTag();
        s3.completeMultipartUpload(complete -> complete.bucket("reasons")
                .key("parts")
                .uploadId(id)
                .multipartUpload(list -> list.parts(
                        CompletedPart.builder().partNumber(1).eTag(etag).build())));
        var completed = object(EVENTS.next(), "detail");
        assertThat(completed).containsEntry("reason", "CompleteMultipartUpload");
        assertThat(object(completed, "object")).doesNotContainKey("version-id").containsEntry("size", 4L);
        s3.deleteObject(delete -> delete.bucket("reasons").key("k"));
        var deleted = EVENTS.next();
        assertThat(deleted).containsEntry("detail-type", "Object Deleted");
        assertThat(object(deleted, "detail"))
                .containsEntry("reason", "DeleteObject")
                .containsEntry("deletion-type", "Permanently Deleted");
        assertThat(object(object(deleted, "detail"), "object")).doesNotContainKeys("size", "etag");
    }

    @Test
    void a_delete_marker_is_told_as_such() throws InterruptedException {
        bucket("marked", true);
        s3.putObject(put -> put.bucket("marked").key("k"), RequestBody.fromString("1"));
        EVENTS.next();
        var marker = s3.deleteObject(delete -> delete.bucket("marked").key("k")).versionId();
        var event = object(EVENTS.next(), "detail");
        assertThat(event).containsEntry("deletion-type", "Delete Marker Created");
        assertThat(object(event, "object")).containsEntry("version-id", marker);
        s3.deleteObject(delete -> delete.bucket("marked").key("k").versionId(marker));
        assertThat(object(EVENTS.next(), "detail")).containsEntry("deletion-type", "Permanently Deleted");
    }

    @Test
    void sequencers_of_a_key_grow() throws InterruptedException {
        bucket("sequences", false);
        var last = "";
        for (int i = 0; i < 50; i++) {
            s3.putObject(put -> put.bucket("sequences").key("k"), RequestBody.empty());
            var sequencer =
                    (String) object(object(EVENTS.next(), "detail"), "object").get("sequencer");
            assertThat(sequencer).isGreaterThan(last);
            last = sequencer;
        }
    }

    @Test
    void a_bucket_that_was_not_asked_to_tells_nothing_and_neither_do_refused_writes() throws InterruptedException {
        s3.createBucket(create -> create.bucket("quiet"));
        s3.putObject(put -> put.bucket("quiet").key("k"), RequestBody.empty());
        bucket("loud", false);
        s3.putObject(put -> put.bucket("loud").key("first"), RequestBody.empty());
        try {
            s3.putObject(put -> put.bucket("loud").key("first").ifNoneMatch("*"), RequestBody.empty());
        } catch (software.amazon.awssdk.services.s3.model.S3Exception e) {
            assertThat(e.statusCode()).isEqualTo(412);
        }
        s3.putObject(put -> put.bucket("loud").key("second"), RequestBody.empty());
        assertThat(object(object(EVENTS.next(), "detail"), "object")).containsEntry("key", "first");
        assertThat(object(object(EVENTS.next(), "detail"), "object")).containsEntry("key", "second");
    }

    @Test
    void notifications_elsewhere_are_refused() {
        s3.createBucket(create -> create.bucket("elsewhere"));
        Lake.refused(
                501,
                "NotImplemented",
                () -> s3.putBucketNotificationConfiguration(put -> put.bucket("elsewhere")
                        .notificationConfiguration(config -> config.lambdaFunctionConfigurations(
                                function -> function.lambdaFunctionArn("arn:aws:lambda:us-east-1:000000000000:function:f")
                                        .eventsWithStrings("s3:ObjectCreated:*")))));
    }
}
