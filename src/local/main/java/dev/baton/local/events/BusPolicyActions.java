package dev.baton.local.events;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.PolicyKind;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on the policies of buses, which may let others put events there.
///
/// See [PutPermission](https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html).
record BusPolicyActions(EventBridge bridge) {
    private static final int LONGEST = 10_240;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("PutPermission", this::put),
                ApiOperation.changing("RemovePermission", this::remove));
    }

    private EventBus bus(ApiInput input, ApiCall call) {
        var name = input.text("EventBusName");
        call.require(bridge.busArn(name == null ? EventBridge.DEFAULT_BUS : name));
        return bridge.bus(name);
    }

    private Map<String, @Nullable Object> put(ApiInput input, ApiCall call) {
        var bus = bus(input, call);
        var whole = input.text("Policy");
        var statement = whole == null ? statement(input, bus) : Map.<String, @Nullable Object>of();
        synchronized (bus) {
            if (whole != null) {
                bus.permit(parse(whole));
            } else {
                var statements = statements(bus);
                statements.removeIf(one -> isNamed(one, String.valueOf(statement.get("Sid"))));
                statements.add(statement);
                bus.permit(parse(document(statements)));
            }
        }
        return Map.of();
    }

    private static Map<String, @Nullable Object> statement(ApiInput input, EventBus bus) {
        for (var member : List.of("StatementId", "Action", "Principal")) {
            if (!input.has(member)) {
                throw EventErrors.invalid(
                        "Parameter " + member + " is not valid. Reason: it is required where no Policy" + " is given.");
            }
        }
        if (!"events:PutEvents".equals(input.text("Action"))) {
            throw EventErrors.invalid("Provided value in parameter 'action' is not supported.");
        }
        var principal = input.require("Principal");
        var condition = input.objectIf("Condition");
        return new JsonAnswer()
                .put("Sid", input.require("StatementId"))
                .put("Effect", "Allow")
                .put(
                        "Principal",
                        principal.equals("*") ? principal : Map.of("AWS", "arn:aws:iam::" + principal + ":root"))
                .put("Action", "events:PutEvents")
                .put("Resource", bus.arn())
                .putIf(
                        "Condition",
                        condition == null
                                ? null
                                : Map.of(
                                        condition.require("Type"),
                                        Map.of(condition.require("Key"), condition.require("Value"))))
                .map();
    }

    private static List<@Nullable Object> statements(EventBus bus) {
        var policy = bus.policy();
        if (policy == null) {
            return new ArrayList<>();
        }
        var statements = Json.parseObject(policy.text()).get("Statement");
        return new ArrayList<>(statements instanceof List<?> list ? list : List.of(statements));
    }

    private static boolean isNamed(@Nullable Object statement, String id) {
        return statement instanceof Map<?, ?> map && id.equals(map.get("Sid"));
    }

    private static String document(List<@Nullable Object> statements) {
        return Json.print(JsonAnswer.of("Version", "2012-10-17", "Statement", statements));
    }

    static Policy parse(String text) {
        if (text.length() > LONGEST) {
            throw new AwsError(
                    400, "PolicyLengthExceededException", "The policy of an event bus has at most 10240 characters.");
        }
        try {
            return Policy.parse(PolicyKind.RESOURCE, "event bus policy", text);
        } catch (MalformedPolicy e) {
            throw EventErrors.invalid("Parameter Policy is not valid. Reason: " + e.getMessage());
        }
    }

    private Map<String, @Nullable Object> remove(ApiInput input, ApiCall call) {
        var bus = bus(input, call);
        var id = input.text("StatementId");
        synchronized (bus) {
            if (input.flag("RemoveAllPermissions")) {
                bus.permit(null);
                return Map.of();
            }
            if (bus.policy() == null) {
                throw EventErrors.notFound("EventBus does not have a policy.");
            }
            var statements = statements(bus);
            if (id == null || !statements.removeIf(one -> isNamed(one, id))) {
                throw EventErrors.notFound("Statement with the provided id does not exist.");
            }
            bus.permit(statements.isEmpty() ? null : parse(document(statements)));
        }
        return Map.of();
    }
}
