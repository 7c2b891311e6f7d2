package dev.baton.local.events;

import dev.baton.local.internal.StoredFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps buses with their rules and targets, archives, replays, connections and API destinations over restarts.
record RuleStore(StoredFile file) {
    void load(EventBridge bridge) {
        file.load(content -> load(content, bridge));
    }

    private static void load(StoredJson content, EventBridge bridge) {
        content.objects("connections").forEach(kept -> bridge.connections().put(Connection.of(kept)));
        content.objects("destinations").forEach(kept -> bridge.destinations().put(ApiDestination.of(kept)));
        content.objects("archives").forEach(kept -> bridge.archives().put(Archive.of(kept)));
        content.objects("replays").forEach(kept -> bridge.archives().restore(Replay.of(kept)));
        for (var kept : content.objects("buses")) {
            var bus =
                    bridge.buses().computeIfAbsent(kept.text("name"), name -> new EventBus(name, bridge.busArn(name)));
            var policy = kept.textIf("policy");
            bus.permit(policy == null ? null : BusPolicyActions.parse(policy));
            kept.objects("rules").forEach(rule -> bus.put(rule(rule)));
        }
    }

    synchronized void save(EventBridge bridge) {
        var buses = bridge.buses().values().stream().map(RuleStore::json).toList();
        file.write(JsonAnswer.of(
                "buses",
                buses,
                "connections",
                bridge.connections().all().stream().map(Connection::toJson).toList(),
                "destinations",
                bridge.destinations().all().stream().map(ApiDestination::toJson).toList(),
                "archives",
                bridge.archives().all().stream().map(Archive::toJson).toList(),
                "replays",
                bridge.archives().replays().stream().map(Replay::toJson).toList()));
    }

    private static Map<String, @Nullable Object> json(EventBus bus) {
        var policy = bus.policy();
        return new JsonAnswer()
                .put("name", bus.name())
                .put("rules", bus.rules().stream().map(RuleStore::json).toList())
                .putIf("policy", policy == null ? null : policy.text())
                .map();
    }

    private static Map<String, @Nullable Object> json(Rule rule) {
        return JsonAnswer.of(
                "name",
                rule.name(),
                "arn",
                rule.arn(),
                "pattern",
                rule.pattern().text(),
                "enabled",
                rule.enabled(),
                "request",
                rule.json(),
                "targets",
                rule.targets().values().stream().map(RuleTarget::json).toList(),
                "tags",
                new LinkedHashMap<String, @Nullable Object>(rule.tags()));
    }

    private static Rule rule(StoredJson json) {
        var targets = new LinkedHashMap<String, RuleTarget>();
        for (var one : json.objects("targets")) {
            var target = RuleTarget.of(one.members());
            targets.put(target.id(), target);
        }
        return new Rule(
                json.text("name"),
                json.text("arn"),
                EventPattern.parse(json.text("pattern")),
                json.flag("enabled"),
                json.json("request"),
                targets,
                json.map("tags"));
    }
}
