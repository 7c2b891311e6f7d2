package dev.baton.local.events;

import dev.baton.local.internal.StoredFile;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps buses with their rules and targets, archives, replays and connections over restarts.
record RuleStore(StoredFile file) {
    void load(EventBridge bridge) {
        file.load(content -> load(content, bridge));
    }

    private static void load(Map<String, @Nullable Object> content, EventBridge bridge) {
        if (content.get("connections") instanceof List<?> connections) {
            connections.forEach(kept -> bridge.connections().put(Connection.of((Map<?, ?>) kept)));
        }
        if (content.get("archives") instanceof List<?> archives) {
            archives.forEach(kept -> bridge.archives().put(Archive.of((Map<?, ?>) kept)));
        }
        if (content.get("replays") instanceof List<?> replays) {
            replays.forEach(kept -> bridge.archives().restore(Replay.of((Map<?, ?>) kept)));
        }
        if (!(content.get("buses") instanceof List<?> buses)) {
            return;
        }
        for (var kept : buses) {
            var json = (Map<?, ?>) kept;
            var name = String.valueOf(json.get("name"));
            var bus = bridge.buses().computeIfAbsent(name, key -> new EventBus(key, bridge.busArn(key)));
            if (json.get("rules") instanceof List<?> rules) {
                rules.forEach(rule -> bus.put(rule((Map<?, ?>) rule)));
            }
        }
    }

    synchronized void save(EventBridge bridge) {
        var buses = bridge.buses().values().stream()
                .map(bus -> JsonAnswer.of(
                        "name",
                        bus.name(),
                        "rules",
                        bus.rules().stream().map(RuleStore::json).toList()))
                .toList();
        file.write(JsonAnswer.of(
                "buses",
                buses,
                "connections",
                bridge.connections().all().stream().map(Connection::toJson).toList(),
                "archives",
                bridge.archives().all().stream().map(Archive::toJson).toList(),
                "replays",
                bridge.archives().replays().stream().map(Replay::toJson).toList()));
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

    @SuppressWarnings("unchecked")
    private static Rule rule(Map<?, ?> json) {
        var targets = new LinkedHashMap<String, RuleTarget>();
        if (json.get("targets") instanceof List<?> list) {
            list.forEach(one -> {
                var target = RuleTarget.of((Map<?, ?>) one);
                targets.put(target.id(), target);
            });
        }
        var tags = new LinkedHashMap<String, String>();
        if (json.get("tags") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> tags.put(String.valueOf(key), String.valueOf(value)));
        }
        return new Rule(
                String.valueOf(json.get("name")),
                String.valueOf(json.get("arn")),
                EventPattern.parse(String.valueOf(json.get("pattern"))),
                Boolean.TRUE.equals(json.get("enabled")),
                json.get("request") instanceof Map<?, ?> request ? (Map<String, @Nullable Object>) request : Map.of(),
                targets,
                tags);
    }
}
