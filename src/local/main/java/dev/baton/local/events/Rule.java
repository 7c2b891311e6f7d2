package dev.baton.local.events;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What to do with which events of a bus.
///
/// @param json the PutRule request
/// @param targets by id
record Rule(
        String name,
        String arn,
        EventPattern pattern,
        boolean enabled,
        Map<String, @Nullable Object> json,
        Map<String, Target> targets) {

    Rule {
        targets = new LinkedHashMap<>(targets);
    }

    Rule with(Map<String, Target> others) {
        return new Rule(name, arn, pattern, enabled, json, others);
    }

    Rule enabled(boolean now) {
        return new Rule(name, arn, pattern, now, json, targets);
    }
}
