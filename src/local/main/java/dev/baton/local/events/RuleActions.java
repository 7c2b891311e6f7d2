package dev.baton.local.events;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsRequest;
import dev.baton.local.http.JsonAction;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.iam.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The actions on rules and their targets.
final class RuleActions {
    private static final int MOST_TARGETS = 5;

    private final EventBridge bridge;
    private final Account account;
    private final Authorizer authorizer;

    RuleActions(EventBridge bridge, Account account, Authorizer authorizer) {
        this.bridge = bridge;
        this.account = account;
        this.authorizer = authorizer;
    }

    Map<String, JsonAction> all() {
        var actions = new LinkedHashMap<String, JsonAction>();
        actions.put("PutRule", this::putRule);
        actions.put("DescribeRule", this::describeRule);
        actions.put("DeleteRule", this::deleteRule);
        actions.put("EnableRule", (input, request) -> enable(input, request, true));
        actions.put("DisableRule", (input, request) -> enable(input, request, false));
        actions.put("ListRules", this::listRules);
        actions.put("ListRuleNamesByTarget", this::listRuleNamesByTarget);
        actions.put("PutTargets", this::putTargets);
        actions.put("RemoveTargets", this::removeTargets);
        actions.put("ListTargetsByRule", this::listTargetsByRule);
        return actions;
    }

    private EventBus bus(Map<String, @Nullable Object> input) {
        return bridge.bus(RuleTarget.text(input, "EventBusName"));
    }

    private String arn(EventBus bus, String rule) {
        var path = bus.name().equals(EventBridge.DEFAULT_BUS) ? rule : bus.name() + "/" + rule;
        return account.arn("events", "rule/" + path);
    }

    private void require(AwsRequest request, String action, EventBus bus, String rule) {
        require(request, action, bus, rule, RequestContext.EMPTY);
    }

    /// @param keys beside the tags that the rule has
    private void require(AwsRequest request, String action, EventBus bus, String rule, RequestContext keys) {
        authorizer.require(
                request.caller(),
                "events:" + action,
                arn(bus, rule),
                keys.or(RuleTags.context(bus.find(rule))).or(request.context()));
    }

    private void requireOfAll(AwsRequest request, String action) {
        authorizer.require(request.caller(), "events:" + action, "*", request.context());
    }

    private Map<String, @Nullable Object> putRule(Map<String, @Nullable Object> input, AwsRequest request) {
        var bus = bus(input);
        var name = String.valueOf(RuleTarget.text(input, "Name"));
        var arn = arn(bus, name);
        var before = bus.find(name);
        // Those of a rule that is there are left alone.
        var tags = before == null ? RuleTags.of(input) : Map.<String, String>of();
        require(
                request,
                "PutRule",
                bus,
                name,
                RequestContext.builder().requestTags(tags).build());
        if (!tags.isEmpty()) {
            require(
                    request,
                    "TagResource",
                    bus,
                    name,
                    RequestContext.builder().requestTags(tags).build());
        }
        var roleArn = RuleTarget.text(input, "RoleArn");
        if (roleArn != null) {
            passRole(request, roleArn);
        }
        if (!name.matches("[\\.\\-_A-Za-z0-9]{1,64}")) {
            throw new AwsError(
                    400,
                    "ValidationException",
                    "1 validation error detected: Value '" + name
                            + "' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern:"
                            + " [\\.\\-_A-Za-z0-9]+");
        }
        var pattern = RuleTarget.text(input, "EventPattern");
        if (pattern == null || RuleTarget.text(input, "ScheduleExpression") != null) {
            throw new AwsError(
                    400,
                    "ValidationException",
                    RuleTarget.text(input, "ScheduleExpression") == null
                            ? "Parameter(s) EventPattern or ScheduleExpression must be specified."
                            : "The embedded AWS has no clock-driven rules; EventPattern must be specified.");
        }
        var checked = EventPattern.parse(pattern);
        var enabled = !"DISABLED".equals(RuleTarget.text(input, "State"));
        bus.put(
                before == null
                        ? new Rule(name, arn, checked, enabled, input, Map.of(), tags)
                        : new Rule(name, arn, checked, enabled, input, before.targets(), before.tags()));
        return answer("RuleArn", arn);
    }

    static Map<String, @Nullable Object> testEventPattern(Map<String, @Nullable Object> input, AwsRequest request) {
        var pattern = EventPattern.parse(String.valueOf(RuleTarget.text(input, "EventPattern")));
        return answer("Result", pattern.matches(String.valueOf(RuleTarget.text(input, "Event"))));
    }

    private Map<String, @Nullable Object> describeRule(Map<String, @Nullable Object> input, AwsRequest request) {
        var bus = bus(input);
        var name = String.valueOf(RuleTarget.text(input, "Name"));
        require(request, "DescribeRule", bus, name);
        return describe(bus, bus.rule(name));
    }

    private static Map<String, @Nullable Object> describe(EventBus bus, Rule rule) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("Name", rule.name());
        answer.put("Arn", rule.arn());
        answer.put("EventPattern", rule.pattern().text());
        answer.put("State", rule.enabled() ? "ENABLED" : "DISABLED");
        if (rule.json().get("Description") != null) {
            answer.put("Description", rule.json().get("Description"));
        }
        if (rule.json().get("RoleArn") != null) {
            answer.put("RoleArn", rule.json().get("RoleArn"));
        }
        answer.put("EventBusName", bus.name());
        return answer;
    }

    private Map<String, @Nullable Object> deleteRule(Map<String, @Nullable Object> input, AwsRequest request) {
        var bus = bus(input);
        var name = String.valueOf(RuleTarget.text(input, "Name"));
        require(request, "DeleteRule", bus, name);
        var rule = bus.find(name);
        if (rule != null) {
            if (!rule.targets().isEmpty()) {
                throw new AwsError(400, "ValidationException", "Rule can't be deleted since it has targets.");
            }
            bus.remove(rule);
        }
        return Map.of();
    }

    private Map<String, @Nullable Object> enable(
            Map<String, @Nullable Object> input, AwsRequest request, boolean enabled) {
        var bus = bus(input);
        var name = String.valueOf(RuleTarget.text(input, "Name"));
        require(request, enabled ? "EnableRule" : "DisableRule", bus, name);
        bus.put(bus.rule(name).enabled(enabled));
        return Map.of();
    }

    private Map<String, @Nullable Object> listRules(Map<String, @Nullable Object> input, AwsRequest request) {
        var bus = bus(input);
        requireOfAll(request, "ListRules");
        var prefix = RuleTarget.text(input, "NamePrefix");
        var found = bus.rules().stream()
                .filter(rule -> prefix == null || rule.name().startsWith(prefix))
                .toList();
        return NamedPage.of("Rules", found, Rule::name, rule -> describe(bus, rule), input);
    }

    private Map<String, @Nullable Object> listRuleNamesByTarget(
            Map<String, @Nullable Object> input, AwsRequest request) {
        var bus = bus(input);
        requireOfAll(request, "ListRuleNamesByTarget");
        var target = RuleTarget.text(input, "TargetArn");
        var found = bus.rules().stream()
                .filter(rule -> rule.targets().values().stream()
                        .anyMatch(one -> one.arn().equals(target)))
                .toList();
        return NamedPage.of("RuleNames", found, Rule::name, Rule::name, input);
    }

    private Map<String, @Nullable Object> putTargets(Map<String, @Nullable Object> input, AwsRequest request) {
        var bus = bus(input);
        var name = String.valueOf(RuleTarget.text(input, "Rule"));
        var given = input.get("Targets") instanceof List<?> list ? list : List.of();
        var context = RequestContext.builder()
                .put(
                        "events:TargetArn",
                        given.stream()
                                .map(each -> String.valueOf(((Map<?, ?>) each).get("Arn")))
                                .toList())
                .build();
        require(request, "PutTargets", bus, name, context);
        var rule = bus.rule(name);
        var targets = new LinkedHashMap<>(rule.targets());
        for (var json : given) {
            var target = RuleTarget.of((Map<?, ?>) json);
            TargetInput.validate(target);
            bridge.requireServed(target);
            passRole(request, target);
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

    private void passRole(AwsRequest request, RuleTarget target) {
        if (target.roleArn() != null) {
            passRole(request, target.roleArn());
        } else if (target.arn().contains(":stateMachine:")) {
            throw new AwsError(400, "ValidationException", "RoleArn is required for target " + target.arn() + ".");
        }
    }

    private void passRole(AwsRequest request, String roleArn) {
        var context = RequestContext.builder()
                .put("iam:PassedToService", "events.amazonaws.com")
                .build();
        authorizer.require(request.caller(), "iam:PassRole", roleArn, context.or(request.context()));
    }

    private Map<String, @Nullable Object> removeTargets(Map<String, @Nullable Object> input, AwsRequest request) {
        var bus = bus(input);
        var name = String.valueOf(RuleTarget.text(input, "Rule"));
        require(request, "RemoveTargets", bus, name);
        var rule = bus.rule(name);
        var targets = new LinkedHashMap<>(rule.targets());
        if (input.get("Ids") instanceof List<?> ids) {
            ids.forEach(targets::remove);
        }
        bus.put(rule.with(targets));
        return entries();
    }

    private static Map<String, @Nullable Object> entries() {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("FailedEntryCount", 0L);
        answer.put("FailedEntries", List.of());
        return answer;
    }

    private Map<String, @Nullable Object> listTargetsByRule(Map<String, @Nullable Object> input, AwsRequest request) {
        var bus = bus(input);
        var name = String.valueOf(RuleTarget.text(input, "Rule"));
        require(request, "ListTargetsByRule", bus, name);
        return NamedPage.of("Targets", bus.rule(name).targets().values(), RuleTarget::id, RuleTarget::json, input);
    }

    private static Map<String, @Nullable Object> answer(String name, @Nullable Object value) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put(name, value);
        return answer;
    }
}
