package dev.baton.lambda.internal.arrival;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.ObjectCreated;
import dev.baton.run.Prefix;
import dev.baton.run.Requester;
import dev.baton.run.Requester.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what services tell: EventBridge's events (S3's *Object Created*, Baton's own *Task Completed*, *Scheduled
/// Event*, *Step Functions Execution Status Change*), S3's notifications, and what SNS and SQS wrap around any of them, once or twice.
///
/// EventBridge's two events about objects are read here, because most starts are theirs and a cold start loads no class
/// that it does not need. The others are `aws-lambda-java-events`' own, and are loaded when the first of them comes.
public final class Arrivals {
    /// A notification in an SNS message in an SQS message; nobody wraps more.
    private static final int DEEPEST = 4;

    private static final String ENDED = "Step Functions Execution Status Change";

    private Arrivals() {}

    /// @param prefix what the sources of completions begin with
    /// @throws dev.baton.task.InvalidInput RUN040 when it is none of them: it says what came, and what is understood
    public static List<Arrival> of(Prefix prefix, Map<String, @Nullable Object> event) {
        return of(prefix, event, DEEPEST);
    }

    /// What another service passes on as text.
    static List<Arrival> ofText(Prefix prefix, String text, int deepest) {
        if (deepest == 0) {
            throw ArrivalFindings.unknown("messages in messages in messages");
        }
        try {
            return of(prefix, Json.parseObject(text), deepest);
        } catch (JsonException e) {
            throw ArrivalFindings.unknown("a message whose text is not a JSON object: " + e.getMessage());
        }
    }

    static List<Arrival> of(Prefix prefix, Map<String, @Nullable Object> event, int deepest) {
        if (event.get("source") instanceof String source) {
            return List.of(fromBus(prefix, source, event));
        }
        if ("s3:TestEvent".equals(event.get("Event"))) {
            return List.of(new Arrival.Ignored("the test event with which S3 tries out a notification"));
        }
        if ("Notification".equals(event.get("Type")) && event.get("Message") instanceof String message) {
            return ofText(prefix, message, deepest - 1);
        }
        if (event.get("Records") instanceof List<?> records && !records.isEmpty()) {
            return records(prefix, event, records, deepest);
        }
        throw ArrivalFindings.unknown("an object with " + event.keySet());
    }

    private static Arrival fromBus(Prefix prefix, String source, Map<String, @Nullable Object> event) {
        var type = event.get("detail-type");
        if (source.equals("aws.s3")) {
            return new Arrival.Appeared(ObjectCreated.of(event), Requester.event(EventKind.UPLOAD));
        }
        if (source.startsWith(prefix.sources()) && "Task Completed".equals(type)) {
            return new Arrival.Appeared(
                    ObjectCreated.inDetail("Task Completed", event),
                    Requester.event(
                            EventKind.COMPLETION,
                            source.substring(prefix.sources().length())));
        }
        if ("Scheduled Event".equals(type)) {
            return ScheduledEvents.read(event);
        }
        if (source.equals("aws.states") && ENDED.equals(type)) {
            return new Arrival.Failed(
                    new EventMembers("the " + ENDED, event).object("detail").need("executionArn"));
        }
        throw ArrivalFindings.unknown("an event of " + source + ", " + type);
    }

    private static List<Arrival> records(
            Prefix prefix, Map<String, @Nullable Object> event, List<?> records, int deepest) {
        return switch (service(records)) {
            case "aws:s3" -> S3Notifications.read(event);
            case "aws:sns" -> {
                var arrivals = new ArrayList<Arrival>();
                for (var message : SnsMessages.read(event)) {
                    arrivals.addAll(ofText(prefix, message.getSNS().getMessage(), deepest - 1));
                }
                yield List.copyOf(arrivals);
            }
            case String other -> throw ArrivalFindings.unknown("records of " + other);
        };
    }

    /// The service that the records are of; SNS writes the member's name with a capital letter.
    static String service(List<?> records) {
        if (records.getFirst() instanceof Map<?, ?> record) {
            var source = record.get("eventSource") == null ? record.get("EventSource") : record.get("eventSource");
            return String.valueOf(source);
        }
        return "nobody";
    }
}
