package dev.baton.local.events;

import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on buses themselves.
record BusActions(EventBridge bridge) {
    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateEventBus", this::create),
                ApiOperation.changing("DeleteEventBus", this::delete),
                ApiOperation.reading("DescribeEventBus", this::describe),
                ApiOperation.reading("ListEventBuses", this::list));
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = String.valueOf(input.text("Name"));
        call.require(bridge.busArn(name));
        if (!name.matches("[/\\.\\-_A-Za-z0-9]{1,256}")) {
            throw EventErrors.invalid("Event bus name is not valid: " + name);
        }
        var bus = new EventBus(name, bridge.busArn(name));
        if (bridge.buses().putIfAbsent(name, bus) != null) {
            throw EventErrors.exists("Event bus " + name + " already exists.");
        }
        return JsonAnswer.of("EventBusArn", bus.arn());
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        var name = String.valueOf(input.text("Name"));
        call.require(bridge.busArn(name));
        if (name.equals(EventBridge.DEFAULT_BUS)) {
            throw EventErrors.invalid("Cannot delete event bus default.");
        }
        bridge.buses().remove(name);
        return Map.of();
    }

    private Map<String, @Nullable Object> describe(ApiInput input, ApiCall call) {
        var name = input.text("Name");
        call.require(bridge.busArn(name == null ? EventBridge.DEFAULT_BUS : name));
        return describe(bridge.bus(name));
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        var prefix = input.text("NamePrefix");
        var found = bridge.buses().values().stream()
                .filter(bus -> prefix == null || bus.name().startsWith(prefix))
                .toList();
        return EventErrors.page(input, "EventBuses", found, EventBus::name, BusActions::describe);
    }

    private static Map<String, @Nullable Object> describe(EventBus bus) {
        var policy = bus.policy();
        return new JsonAnswer()
                .put("Name", bus.name())
                .put("Arn", bus.arn())
                .putIf("Policy", policy == null ? null : policy.text())
                .map();
    }
}
