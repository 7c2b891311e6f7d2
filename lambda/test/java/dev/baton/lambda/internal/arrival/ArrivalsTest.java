package dev.baton.lambda.internal.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.baton.json.Json;
import dev.baton.lambda.internal.ObjectCreated;
import dev.baton.run.Prefix;
import dev.baton.run.Requester;
import dev.baton.run.Requester.EventKind;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The forms as AWS's services send them. What Lambda's own runtime makes of the same text is held against what is
/// made of it here.
class ArrivalsTest {
    private static final String LAKE = "farm-lake-123456789012";

    private static Map<String, Object> event(String name) {
        try (var in = Objects.requireNonNull(ArrivalsTest.class.getResourceAsStream("/events/" + name + ".json"))) {
            return Json.parseObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What Lambda's own runtime reads.
    private static <T> T theirs(String name, Class<T> type) {
        var loader = ArrivalsTest.class.getClassLoader();
        return LambdaEventSerializers.serializerFor(type, loader)
                .fromJson(Objects.requireNonNull(ArrivalsTest.class.getResourceAsStream("/events/" + name + ".json")));
    }

    private static Arrival appeared(String key) {
        return new Arrival.Appeared(new ObjectCreated(LAKE, key), Requester.event(EventKind.UPLOAD));
    }

    private static Arrival completed(String key) {
        return new Arrival.Appeared(new ObjectCreated(LAKE, key), Requester.event(EventKind.COMPLETION, "farm"));
    }

    @Test
    void the_end_of_an_execution_is_told_by_its_arn() {
        var arn = "arn:aws:states:eu-central-1:123456789012:execution:baton-farm:farm-2012";
        var event = new LinkedHashMap<String, Object>(Map.of(
                "source",
                "aws.states",
                "detail-type",
                "Step Functions Execution Status Change",
                "detail",
                Map.of("executionArn", arn, "status", "FAILED")));
        assertThat(Arrivals.of(Prefix.BATON, event)).containsExactly(new Arrival.Failed(arn));
        event.put("detail", Map.of());
        assertThatThrownBy(() -> Arrivals.of(Prefix.BATON, event)).hasMessageContaining("RUN041");
    }

    @Test
    void keys_in_notifications_of_s3_are_decoded_and_removals_are_ignored() {
        var arrivals = Arrivals.of(Prefix.BATON, event("s3"));
        assertThat(arrivals).hasSize(2);
        assertThat(arrivals.getFirst()).isEqualTo(appeared("landing/north/100% more+plus é&=.txt"));
        assertThat(arrivals.getLast())
                .isInstanceOf(Arrival.Ignored.class)
                .asString()
                .contains("ObjectRemoved:Delete");
    }

    @Test
    void what_is_read_of_a_notification_is_what_lambdas_own_runtime_reads() {
        var ours = S3Notifications.typed(event("s3")).getRecords();
        var theirs = theirs("s3", S3Event.class).getRecords();
        assertThat(ours.stream().map(ArrivalsTest::read).toList())
                .isEqualTo(theirs.stream().map(ArrivalsTest::read).toList());
    }

    /// Its members; what is absent is empty, or 0, there.
    private static List<Object> read(S3EventNotificationRecord record) {
        var object = record.getS3().getObject();
        return Stream.<@Nullable Object>of(
                        record.getEventName(),
                        record.getEventSource(),
                        record.getEventVersion(),
                        record.getAwsRegion(),
                        record.getS3().getConfigurationId(),
                        record.getS3().getS3SchemaVersion(),
                        record.getS3().getBucket().getName(),
                        record.getS3().getBucket().getArn(),
                        object.getKey(),
                        object.getUrlDecodedKey(),
                        object.geteTag(),
                        object.getSizeAsLong(),
                        object.getVersionId(),
                        object.getSequencer())
                .<Object>map(value -> value == null || value.equals("") || value.equals(0L) ? "absent" : value)
                .toList();
    }

    @Test
    void what_is_read_of_messages_and_ticks_is_what_lambdas_own_runtime_reads() {
        var sns = SnsMessages.typed(event("sns")).getRecords().getFirst();
        var theirSns = theirs("sns", SNSEvent.class).getRecords().getFirst();
        assertThat(sns.getSNS().getMessage()).isEqualTo(theirSns.getSNS().getMessage());
        assertThat(sns.getSNS().getTopicArn()).isEqualTo(theirSns.getSNS().getTopicArn());
        assertThat(sns.getEventSubscriptionArn()).isEqualTo(theirSns.getEventSubscriptionArn());

        var sqs = SqsBatch.typed(event("sqs")).getRecords().getFirst();
        var theirSqs = theirs("sqs", SQSEvent.class).getRecords().getFirst();
        assertThat(sqs.getMessageId()).isEqualTo(theirSqs.getMessageId());
        assertThat(sqs.getBody()).isEqualTo(theirSqs.getBody());
        assertThat(sqs.getEventSourceArn()).isEqualTo(theirSqs.getEventSourceArn());

        // Scheduler writes its detail as a text, which the class has no room for.
        var byRule = new LinkedHashMap<>(event("scheduled"));
        byRule.put("detail", Map.of());
        var theirTick = LambdaEventSerializers.serializerFor(ScheduledEvent.class, ArrivalsTest.class.getClassLoader())
                .fromJson(Json.print(byRule));
        var tick = ScheduledEvents.typed(byRule);
        assertThat(tick.getTime().getMillis()).isEqualTo(theirTick.getTime().getMillis());
        assertThat(tick.getResources()).isEqualTo(theirTick.getResources());
    }

    @Test
    void a_tick_is_the_time_for_which_it_was_planned() {
        assertThat(Arrivals.of(Prefix.BATON, event("scheduled")))
                .containsExactly(new Arrival.Ticked("baton-farm-at-0a1b2c3d", Instant.parse("2026-11-30T05:00:00Z")));
        var byRule = new LinkedHashMap<>(event("scheduled"));
        byRule.put("source", "aws.events");
        byRule.put("resources", List.of("arn:aws:events:eu-central-1:123456789012:rule/nightly"));
        assertThat(Arrivals.of(Prefix.BATON, byRule))
                .containsExactly(new Arrival.Ticked("nightly", Instant.parse("2026-11-30T05:00:00Z")));
    }

    @Test
    void a_test_event_of_s3_is_ignored_however_it_comes() {
        var test = Map.<String, Object>of("Service", "Amazon S3", "Event", "s3:TestEvent", "Bucket", LAKE);
        assertThat(Arrivals.of(Prefix.BATON, test)).singleElement().isInstanceOf(Arrival.Ignored.class);
        assertThat(Arrivals.of(Prefix.BATON, event("sns"))).singleElement().isInstanceOf(Arrival.Ignored.class);
        assertThat(Arrivals.of(Prefix.BATON, Map.of("Type", "Notification", "Message", Json.print(test))))
                .singleElement()
                .isInstanceOf(Arrival.Ignored.class);
    }

    @Test
    void a_completion_of_baton_names_its_output_as_s3_does() {
        assertThat(Arrivals.of(
                        Prefix.BATON,
                        Map.of(
                                "source",
                                "baton.farm",
                                "detail-type",
                                "Task Completed",
                                "account",
                                "222222222222",
                                "detail",
                                Map.of("bucket", Map.of("name", LAKE), "object", Map.of("key", "a b+c")))))
                .containsExactly(completed("a b+c"));
    }

    @Test
    void completions_are_those_of_its_own_prefix() {
        Map<String, Object> event = Map.of(
                "source", "dev.farm",
                "detail-type", "Task Completed",
                "detail", Map.of("bucket", Map.of("name", LAKE), "object", Map.of("key", "weighed/north/2012.txt")));

        assertThat(Arrivals.of(new Prefix("dev"), event)).containsExactly(completed("weighed/north/2012.txt"));
        for (var other : List.of(Prefix.BATON, new Prefix("de"), new Prefix("devx"))) {
            assertThatThrownBy(() -> Arrivals.of(other, event))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("dev.farm");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hello\":\"world\"}",
                "{\"Records\":[]}",
                "{\"Records\":[1]}",
                "{\"Records\":[{\"eventSource\":\"aws:kinesis\"}]}",
                "{\"source\":\"aws.ec2\",\"detail-type\":\"EC2 Instance State-change Notification\"}",
                "{\"source\":\"baton.farm\",\"detail-type\":\"Something Else\"}",
                "{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"You have chosen to subscribe\"}",
                "{\"Type\":\"Notification\",\"Message\":\"hello\"}",
                "{\"Type\":\"Notification\",\"Message\":\"{\\\"Type\\\":\\\"Notification\\\",\\\"Message\\\":\\\"{}\\\"}\"}"
            })
    void what_is_not_understood_says_what_came_and_what_is_understood(String text) {
        assertThatThrownBy(() -> Arrivals.of(Prefix.BATON, Json.parseObject(text)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("RUN040")
                .hasMessageContaining("came as")
                .hasMessageContaining("Object Created of S3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\"}]}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{}}}]}",
                "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"100%\"}}}]}",
                "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Message\":7}}]}",
                "{\"source\":\"aws.scheduler\",\"detail-type\":\"Scheduled Event\",\"time\":\"2026-11-30T05:00:00Z\"}",
                "{\"source\":\"aws.scheduler\",\"detail-type\":\"Scheduled Event\",\"time\":\"today\",\"resources\":[\"a/b\"]}"
            })
    void what_is_understood_but_not_whole_says_what_is_missing(String text) {
        assertThatThrownBy(() -> Arrivals.of(Prefix.BATON, Json.parseObject(text)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("RUN041");
    }
}
