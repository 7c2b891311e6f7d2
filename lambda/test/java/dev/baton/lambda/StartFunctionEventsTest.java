package dev.baton.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.json.Json;
import dev.baton.lambda.farm.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One object told of in every way that AWS has: however it comes, and however often, one execution starts.
class StartFunctionEventsTest {
    private final Farm farm = new Farm();

    @BeforeEach
    void one_of_two() {
        farm.upload(Field.NORTH, 2012, "1\n");
        farm.upload(Field.SOUTH, 2012, "2\n");
    }

    private static Map<String, Object> created() {
        return Farm.created(Farm.LAKE, Farm.landing(Field.SOUTH, 2012));
    }

    /// What the function of a task of another pipeline puts on the bus when it has made the object.
    private static Map<String, Object> completed() {
        return Map.of(
                "version", "0",
                "source", "baton.harvesters",
                "detail-type", "Task Completed",
                "detail",
                        Map.of(
                                "pipeline", "harvesters",
                                "task", "Harvested",
                                "bucket", Map.of("name", Farm.LAKE),
                                "object", Map.of("key", Farm.landing(Field.SOUTH, 2012), "version-id", "v2")));
    }

    private static Map<String, Object> notified(Field field, int year) {
        return Map.of(
                "Records",
                List.of(Map.of(
                        "eventSource", "aws:s3",
                        "eventName", "ObjectCreated:CompleteMultipartUpload",
                        "s3",
                                Map.of(
                                        "bucket", Map.of("name", Farm.LAKE),
                                        "object", Map.of("key", Farm.landing(field, year), "sequencer", "00")))));
    }

    private static Map<String, Object> bySns(Map<String, ?> message) {
        return Map.of(
                "Records", List.of(Map.of("EventSource", "aws:sns", "Sns", Map.of("Message", Json.print(message)))));
    }

    private static Map<String, Object> inSns(Map<String, ?> message) {
        return Map.of("Type", "Notification", "TopicArn", "arn:aws:sns:r:1:t", "Message", Json.print(message));
    }

    private static Map<String, Object> bySqs(String... bodies) {
        var records = new ArrayList<Map<String, Object>>();
        for (var body : bodies) {
            records.add(Map.of("messageId", "m" + records.size(), "eventSource", "aws:sqs", "body", body));
        }
        return Map.of("Records", records);
    }

    private int executions() {
        return farm.aws.states().executions().size();
    }

    @Test
    void the_objects_event_and_the_completions_start_one_execution_in_both_orders_and_again() {
        for (var order : List.of(
                List.of(created(), completed()),
                List.of(completed(), created()),
                List.of(completed(), completed(), created(), created()),
                List.of(created()),
                List.of(completed()))) {
            var other = new Farm();
            other.upload(Field.NORTH, 2012, "1\n");
            other.upload(Field.SOUTH, 2012, "2\n");
            order.forEach(event -> other.call("start", event));
            assertThat(other.aws.states().executions()).as(order.toString()).hasSize(1);
        }
    }

    @Test
    void every_wrapping_of_one_notification_starts_the_same_execution() {
        var notification = notified(Field.SOUTH, 2012);
        for (var event : List.of(
                notification,
                bySns(notification),
                bySns(created()),
                bySqs(Json.print(notification)),
                bySqs(Json.print(inSns(notification))),
                bySqs(Json.print(created())),
                bySqs(Json.print(inSns(created()))),
                bySqs(Json.print(completed())))) {
            var other = new Farm();
            other.upload(Field.NORTH, 2012, "1\n");
            other.upload(Field.SOUTH, 2012, "2\n");
            other.call("start", event);
            other.call("start", event);
            assertThat(other.aws.states().executions()).as(event.toString()).hasSize(1);
        }
    }

    @Test
    void of_a_batch_only_the_messages_that_failed_come_again() {
        farm.upload(Field.NORTH, 2013, "1\n");
        farm.upload(Field.SOUTH, 2013, "1\n");
        var answer = farm.call(
                "start",
                bySqs(
                        Json.print(notified(Field.SOUTH, 2012)),
                        "hello",
                        "{\"Event\":\"s3:TestEvent\"}",
                        Json.print(notified(Field.SOUTH, 2013)),
                        "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}",
                        ""));
        assertThat(answer)
                .isEqualTo(Map.of(
                        "batchItemFailures",
                        List.of(
                                Map.of("itemIdentifier", "m1"),
                                Map.of("itemIdentifier", "m4"),
                                Map.of("itemIdentifier", "m5"))));
        assertThat(executions()).isEqualTo(2);
    }

    @Test
    void a_message_that_fails_on_the_way_to_s3_starts_its_run_when_it_comes_again() {
        var cut = farm.wires().pausingAt(1, () -> {
            throw new IllegalStateException("nobody answers");
        });
        var event = bySqs(Json.print(notified(Field.SOUTH, 2012)));
        assertThat(farm.call("start", event, cut))
                .isEqualTo(Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", "m0"))));
        assertThat(farm.call("start", event)).isEqualTo(Map.of("batchItemFailures", List.of()));
        assertThat(executions()).isEqualTo(1);
    }

    @Test
    void of_the_records_of_one_notification_one_that_cannot_be_looked_at_keeps_none_from_starting() {
        var two = new ArrayList<Object>();
        two.addAll((List<?>) notified(Field.SOUTH, 2012).get("Records"));
        two.add(Map.of(
                "eventSource", "aws:s3",
                "eventName", "ObjectCreated:Put",
                "s3", Map.of("bucket", Map.of("name", "nobodys"), "object", Map.of("key", "x"))));
        assertThat(farm.call("start", Map.of("Records", two)).toString()).contains("started", "unmatched");
        assertThat(executions()).isEqualTo(1);
    }
}
