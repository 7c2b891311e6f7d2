package dev.baton.task.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One event for EventBridge. It may be put twice; let the detail carry [References#token] where that matters.
///
/// @param bus the name of the event bus: `default`
/// @param source such as `acme.rides`; `aws.` is Amazon's
/// @param detailType such as `Month Closed`
/// @param detail a JSON object
public record EventPut(String bus, String source, String detailType, Map<String, ?> detail) implements ServiceCall {
    public EventPut {
        ServiceCall.requireName("an event bus", bus);
        ServiceCall.requireName("a source", source);
        ServiceCall.requireName("a detail type", detailType);
        detail = Map.copyOf(detail);
    }

    @Override
    public String integration() {
        return "events:putEvents";
    }

    @Override
    public Map<String, @Nullable Object> arguments() {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("EventBusName", bus);
        entry.put("Source", source);
        entry.put("DetailType", detailType);
        entry.put("Detail", detail);
        return new LinkedHashMap<>(Map.of("Entries", List.of(entry)));
    }

    @Override
    public List<ServiceRight> rights() {
        return List.of(ServiceRight.to(List.of("events:PutEvents"), ServiceRight.arn("events", "event-bus/" + bus))
                .when("StringEquals", "events:source", source)
                .when("StringEquals", "events:detail-type", detailType));
    }
}
