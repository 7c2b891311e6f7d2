package dev.baton.local.events;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on rules and their targets.
record RuleActions(EventBridge bridge, Account account) {
    private static final String PRINCIPAL = "events.amazonaws.com";
    private static final int MOST_TARGETS = 5;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("PutRule", this::putRule, "events:PutRule", "events:TagResource", "iam:PassRole"),
                ApiOperation.reading("DescribeRule", this::describeRule),
                ApiOperation.changing("DeleteRule", this::deleteRule),
                ApiOperation.changing("EnableRule", (input, call) -> enable(input, call, true)),
                ApiOperation.changing("DisableRule", (input, call) -> enable(input, call, false)),
                ApiOperation.reading("ListRules", this::listRules),
                ApiOperation.reading("ListRuleNamesByTarget", this::listRuleNamesByTarget),
                ApiOperation.changing("PutTargets", this::putTargets, "events:PutTargets", "iam:PassRole"),
                ApiOperation.changing("RemoveTargets", this::removeTargets),
                ApiOperation.reading("ListTargetsByRule", this::listTargetsByRule),
                ApiOperation.free("TestEventPattern", RuleActions::testEventPattern));
    }

    private EventBus bus(ApiInput input) {
        return bridge.bus(input.text("EventBusName"));
    }

    private String arn(EventBus bus, String rule) {
        var path = bus.name().equals(EventBridge.DEFAULT_BUS) ? rule : bus.name() + "/" + rule;
        return account.arn("events", "rule/" + path);
    }

    private void require(ApiCall call, EventBus bus, String rule) {
        require(call, call.right(), bus, rule, RequestContext.EMPTY);
    }

    /// @param keys beside the tags that the rule has
    private void require(ApiCall call, String right, EventBus bus, String rule, RequestContext keys) {
        call.require(right, arn(bus, rule), keys.or(RuleTags.context(bus.find(rule))));
    }

    private Map<String, @Nullable Object> putRule(ApiInput input, ApiCall call) {
        var bus = bus(input);
        var name = String.valueOf(input.text("Name"));
        var arn = arn(bus, name);
        var before = bus.find(name);
        // Those of a rule that is there are left alone.
        var tags = before == null ? RuleTags.of(input) : Map.<String, String>of();
        var given = RequestContext.builder().requestTags(tags).build();
        require(call, call.right(), bus, name, given);
        if (!tags.isEmpty()) {
            require(call, "events:TagResource", bus, name, given);
        }
        var roleArn = input.text("RoleArn");
        if (roleArn != null) {
            call.passRole(roleArn, PRINCIPAL);
        }
        var pattern = input.text("EventPattern");
        if (pattern == null || input.text("ScheduleExpression") != null) {
            throw EventErrors.invalid(
                    input.text("ScheduleExpression") == null
                            ? "Parameter(s) EventPattern or ScheduleExpression must be specified."
                            : "The embedded AWS has no clock-driven rules; EventPattern must be specified.");
        }
        var checked = EventPattern.parse(pattern);
        var enabled = !"DISABLED".equals(input.text("State"));
        bus.put(
                before == null
                        ? new Rule(name, arn, checked, enabled, input.json(), Map.of(), tags)
                        : new Rule(name, arn, checked, enabled, input.json(), before.targets(), before.tags()));
        return JsonAnswer.of("RuleArn", arn);
    }

    private static Map<String, @Nullable Object> testEventPattern(ApiInput input, ApiCall call) {
        var pattern = EventPattern.parse(String.valueOf(input.text("EventPattern")));
        return JsonAnswer.of("Result", pattern.matches(String.valueOf(input.text("Event"))));
    }

    private Map<String, @Nullable Object> describeRule(ApiInput input, ApiCall call) {
        var bus = bus(input);
        var name = String.valueOf(input.text("Name"));
        require(call, bus, name);
        return describe(bus, bus.rule(name));
    }

    private static Map<String, @Nullable Object> describe(EventBus bus, Rule rule) {
        return new JsonAnswer()
                .put("Name", rule.name())
                .put("Arn", rule.arn())
                .put("EventPattern", rule.pattern().text())
                .put("State", rule.enabled() ? "ENABLED" : "DISABLED")
                .putIf("Description", rule.json().get("Description"))
                .putIf("RoleArn", rule.json().get("RoleArn"))
                .put("EventBusName", bus.name())
                .map();
    }

    private Map<String, @Nullable Object> deleteRule(ApiInput input, ApiCall call) {
        var bus = bus(input);
        var name = String.valueOf(input.text("Name"));
        require(call, bus, name);
        var rule = bus.find(name);
        if (rule != null) {
            if (!rule.targets().isEmpty()) {
                throw EventErrors.invalid("Rule can't be deleted since it has targets.");
            }
            bus.remove(rule);
        }
        return Map.of();
    }

    private Map<String, @Nullable Object> enable(ApiInput input, ApiCall call, boolean enabled) {
        var bus = bus(input);
        var name = String.valueOf(input.text("Name"));
        require(call, bus, name);
        bus.put(bus.rule(name).enabled(enabled));
        return Map.of();
    }

    private Map<String, @Nullable Object> listRules(ApiInput input, ApiCall call) {
        var bus = bus(input);
        call.require("*");
        var prefix = input.text("NamePrefix");
        var found = bus.rules().stream()
                .filter(rule -> prefix == null || rule.name().startsWith(prefix))
                .toList();
        return EventErrors.page(input, "Rules", found, Rule::name, rule -> describe(bus, rule));
    }

    private Map<String, @Nullable Object> listRuleNamesByTarget(ApiInput input, ApiCall call) {
        var bus = bus(input);
        call.require("*");
        var target = input.text("TargetArn");
        var found = bus.rules().stream()
                .filter(rule -> rule.targets().values().stream()
                        .anyMatch(one -> one.arn().equals(target)))
                .toList();
        return EventErrors.page(input, "RuleNames", found, Rule::name, Rule::name);
    }

    private Map<String, @Nullable Object> putTargets(ApiInput input, ApiCall call) {
        var bus = bus(input);
        var name = String.valueOf(input.text("Rule"));
        var given = input.list("Targets");
        var context = RequestContext.builder()
                .put(
                        "events:TargetArn",
                        given.stream()
                                .map(each -> String.valueOf(((Map<?, ?>) each).get("Arn")))
                                .toList())
                .build();
        require(call, call.right(), bus, name, context);
        var rule = bus.rule(name);
        var targets = new LinkedHashMap<>(rule.targets());
        for (var json : given) {
            var target = RuleTarget.of((Map<?, ?>) json);
            TargetInput.validate(target);
            bridge.requireServed(target);
            passRole(call, target);
            targets.put(target.id(), target);
        }
        if (targets.size() > MOST_TARGETS) {
            throw new AwsError(
                    400,
                    "LimitExceededException",
                    "The requested resource exceeds the maximum number allowed. A rule has up to " + MOST_TARGETS
                            + " targets.");
        }
        bus.put(rule.with(targets));
        return entries();
    }

    private void passRole(ApiCall call, RuleTarget target) {
        if (target.roleArn() != null) {
            call.passRole(target.roleArn(), PRINCIPAL);
        } else if (target.isMachine() || target.isApiDestination()) {
            throw EventErrors.invalid("RoleArn is required for target " + target.arn() + ".");
        }
    }

    private Map<String, @Nullable Object> removeTargets(ApiInput input, ApiCall call) {
        var bus = bus(input);
        var name = String.valueOf(input.text("Rule"));
        require(call, bus, name);
        var rule = bus.rule(name);
        var targets = new LinkedHashMap<>(rule.targets());
        input.list("Ids").forEach(targets::remove);
        bus.put(rule.with(targets));
        return entries();
    }

    private static Map<String, @Nullable Object> entries() {
        return JsonAnswer.of("FailedEntryCount", 0L, "FailedEntries", List.of());
    }

    private Map<String, @Nullable Object> listTargetsByRule(ApiInput input, ApiCall call) {
        var bus = bus(input);
        var name = String.valueOf(input.text("Rule"));
        require(call, bus, name);
        return EventErrors.page(input, "Targets", bus.rule(name).targets().values(), RuleTarget::id, RuleTarget::json);
    }
}
