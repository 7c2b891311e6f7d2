package dev.baton.local.events;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.http.Account;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// PutEvents.
record EventActions(EventBridge bridge, Account account, Scheduler scheduler) {
    ApiOperation<JsonAction> operation() {
        return ApiOperation.reading("PutEvents", this::putEvents);
    }

    private Map<String, @Nullable Object> putEvents(ApiInput input, ApiCall call) {
        var entries = input.objects("Entries");
        entries.forEach(entry -> authorize(entry, call));
        var results = new ArrayList<@Nullable Object>();
        var failed = 0L;
        for (var entry : entries) {
            var result = put(entry);
            failed += result.containsKey("ErrorCode") ? 1 : 0;
            results.add(result);
        }
        return JsonAnswer.of("FailedEntryCount", failed, "Entries", results);
    }

    private void authorize(ApiInput entry, ApiCall call) {
        var name = entry.text("EventBusName");
        var context = RequestContext.builder()
                .put("events:source", entry.text("Source"))
                .put("events:detail-type", entry.text("DetailType"))
                .build();
        var arn = name != null && name.startsWith("arn:")
                ? name
                : bridge.busArn(name == null ? EventBridge.DEFAULT_BUS : name);
        var bus = bridge.buses().get(arn.substring(arn.lastIndexOf('/') + 1));
        var policy = bus == null || !bus.arn().equals(arn) ? null : bus.policy();
        call.require(call.right(), arn, account.id(), context, policy);
    }

    private Map<String, @Nullable Object> put(ApiInput entry) {
        for (var required : new String[] {"Source", "DetailType", "Detail"}) {
            if (entry.text(required) == null) {
                return error(
                        "InvalidArgument",
                        "Parameter " + required + " is not valid. Reason: " + required + " is a required argument.");
            }
        }
        var source = String.valueOf(entry.value("Source"));
        if (source.startsWith("aws.")) {
            return error("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        Map<String, @Nullable Object> detail;
        try {
            detail = Json.parseObject(String.valueOf(entry.value("Detail")));
        } catch (JsonException e) {
            return error("MalformedDetail", "Detail is malformed.");
        }
        var bus = bridge.bus(entry.text("EventBusName"));
        var event = envelope(entry, detail);
        bridge.accept(bus, event);
        return JsonAnswer.of("EventId", event.get("id"));
    }

    private Map<String, @Nullable Object> envelope(ApiInput entry, Map<String, @Nullable Object> detail) {
        var time = entry.value("Time") instanceof Number seconds
                ? Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000))
                : scheduler.now();
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", entry.value("DetailType"));
        event.put("source", entry.value("Source"));
        event.put("account", account.id());
        event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", account.region());
        event.put("resources", entry.list("Resources"));
        event.put("detail", detail);
        return event;
    }

    private static Map<String, @Nullable Object> error(String code, String message) {
        return JsonAnswer.of("ErrorCode", code, "ErrorMessage", message);
    }
}
