package dev.baton.local.events;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A rule of a bus: which events it takes, and what becomes of them.
///
/// @param json the PutRule request
/// @param targets by id
/// @param tags by key
record Rule(
        String name,
        String arn,
        EventPattern pattern,
        boolean enabled,
        Map<String, @Nullable Object> json,
        Map<String, RuleTarget> targets,
        Map<String, String> tags) {

    Rule {
        targets = new LinkedHashMap<>(targets);
        tags = new TreeMap<>(tags);
    }

    Rule with(Map<String, RuleTarget> others) {
        return new Rule(name, arn, pattern, enabled, json, others, tags);
    }

    Rule enabled(boolean now) {
        return new Rule(name, arn, pattern, now, json, targets, tags);
    }

    Rule tagged(Map<String, String> others) {
        return new Rule(name, arn, pattern, enabled, json, targets, others);
    }
}
