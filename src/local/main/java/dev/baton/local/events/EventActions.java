package dev.baton.local.events;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.RequestContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// PutEvents.
final class EventActions {
    private static final int MOST_ENTRIES = 10;

    private final EventBridge bridge;
    private final Account account;
    private final Authorizer authorizer;
    private final Scheduler scheduler;

    EventActions(EventBridge bridge, Account account, Authorizer authorizer, Scheduler scheduler) {
        this.bridge = bridge;
        this.account = account;
        this.authorizer = authorizer;
        this.scheduler = scheduler;
    }

    Map<String, @Nullable Object> putEvents(Map<String, @Nullable Object> input, AwsRequest request) {
        if (!(input.get("Entries") instanceof List<?> entries) || entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            var size = input.get("Entries") instanceof List<?> list ? list.size() : 0;
            throw new AwsError(
                    400,
                    "ValidationException",
                    "1 validation error detected: Value '" + (size == 0 ? "[]" : "[PutEventsRequestEntry]")
                            + "' at 'entries' failed to satisfy constraint: Member must have length "
                            + (size == 0 ? "greater than or equal to 1" : "less than or equal to " + MOST_ENTRIES));
        }
        entries.forEach(entry -> authorize((Map<?, ?>) entry, request));
        var results = new ArrayList<@Nullable Object>();
        var failed = 0L;
        for (var entry : entries) {
            var result = put((Map<?, ?>) entry);
            failed += result.containsKey("ErrorCode") ? 1 : 0;
            results.add(result);
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("FailedEntryCount", failed);
        answer.put("Entries", results);
        return answer;
    }

    private void authorize(Map<?, ?> entry, AwsRequest request) {
        var name = RuleTarget.text(entry, "EventBusName");
        var context = RequestContext.builder()
                .put("events:source", RuleTarget.text(entry, "Source"))
                .put("events:detail-type", RuleTarget.text(entry, "DetailType"))
                .build();
        var arn = name != null && name.startsWith("arn:")
                ? name
                : bridge.busArn(name == null ? EventBridge.DEFAULT_BUS : name);
        authorizer.require(request.caller(), "events:PutEvents", arn, context.or(request.context()));
    }

    private Map<String, @Nullable Object> put(Map<?, ?> entry) {
        for (var required : new String[] {"Source", "DetailType", "Detail"}) {
            if (RuleTarget.text(entry, required) == null) {
                return error(
                        "InvalidArgument",
                        "Parameter " + required + " is not valid. Reason: " + required + " is a required argument.");
            }
        }
        var source = String.valueOf(entry.get("Source"));
        if (source.startsWith("aws.")) {
            return error("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        Map<String, @Nullable Object> detail;
        try {
            detail = Json.parseObject(String.valueOf(entry.get("Detail")));
        } catch (JsonException e) {
            return error("MalformedDetail", "Detail is malformed.");
        }
        var bus = bridge.bus(RuleTarget.text(entry, "EventBusName"));
        var event = envelope(entry, detail);
        bridge.accept(bus, event);
        var result = new LinkedHashMap<String, @Nullable Object>();
        result.put("EventId", event.get("id"));
        return result;
    }

    private Map<String, @Nullable Object> envelope(Map<?, ?> entry, Map<String, @Nullable Object> detail) {
        var time = entry.get("Time") instanceof Number seconds
                ? Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000))
                : scheduler.now();
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", entry.get("DetailType"));
        event.put("source", entry.get("Source"));
        event.put("account", account.id());
        event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", account.region());
        event.put("resources", entry.get("Resources") instanceof List<?> resources ? resources : List.of());
        event.put("detail", detail);
        return event;
    }

    private static Map<String, @Nullable Object> error(String code, String message) {
        var error = new LinkedHashMap<String, @Nullable Object>();
        error.put("ErrorCode", code);
        error.put("ErrorMessage", message);
        return error;
    }
}
