package dev.baton.local.events;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on buses themselves.
final class BusActions {
    private final EventBridge bridge;
    private final Authorizer authorizer;

    BusActions(EventBridge bridge, Authorizer authorizer) {
        this.bridge = bridge;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("CreateEventBus", this::create);
        actions.put("DeleteEventBus", this::delete);
        actions.put("DescribeEventBus", this::describe);
        actions.put("ListEventBuses", this::list);
        return actions;
    }

    private void require(AwsRequest request, String action, String arn) {
        authorizer.require(request.caller(), "events:" + action, arn, request.context());
    }

    private Map<String, @Nullable Object> create(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = String.valueOf(RuleTarget.text(input, "Name"));
        require(request, "CreateEventBus", bridge.busArn(name));
        if (!name.matches("[/\\.\\-_A-Za-z0-9]{1,256}")) {
            throw new AwsError(400, "ValidationException", "Event bus name is not valid: " + name);
        }
        var bus = new EventBus(name, bridge.busArn(name));
        if (bridge.buses().putIfAbsent(name, bus) != null) {
            throw new AwsError(400, "ResourceAlreadyExistsException", "Event bus " + name + " already exists.");
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("EventBusArn", bus.arn());
        return answer;
    }

    private Map<String, @Nullable Object> delete(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = String.valueOf(RuleTarget.text(input, "Name"));
        require(request, "DeleteEventBus", bridge.busArn(name));
        if (name.equals(EventBridge.DEFAULT_BUS)) {
            throw new AwsError(400, "ValidationException", "Cannot delete event bus default.");
        }
        bridge.buses().remove(name);
        return Map.of();
    }

    private Map<String, @Nullable Object> describe(Map<String, @Nullable Object> input, AwsRequest request) {
        var name = RuleTarget.text(input, "Name");
        require(request, "DescribeEventBus", bridge.busArn(name == null ? EventBridge.DEFAULT_BUS : name));
        return describe(bridge.bus(name));
    }

    private Map<String, @Nullable Object> list(Map<String, @Nullable Object> input, AwsRequest request) {
        require(request, "ListEventBuses", "*");
        var prefix = RuleTarget.text(input, "NamePrefix");
        var found = bridge.buses().values().stream()
                .filter(bus -> prefix == null || bus.name().startsWith(prefix))
                .toList();
        return NamedPage.of("EventBuses", found, EventBus::name, BusActions::describe, input);
    }

    private static Map<String, @Nullable Object> describe(EventBus bus) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("Name", bus.name());
        answer.put("Arn", bus.arn());
        return answer;
    }
}
