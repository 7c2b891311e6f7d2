package dev.baton.local.events;

import dev.baton.local.iam.policy.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/// A bus: its rules, and the matcher that finds those an event is for.
final class EventBus {
    private final String name;
    private final String arn;
    private final Map<String, Rule> rules = new TreeMap<>();
    private final Machine machine = new Machine();
    private volatile @Nullable Policy policy;

    EventBus(String name, String arn) {
        this.name = name;
        this.arn = arn;
    }

    String name() {
        return name;
    }

    String arn() {
        return arn;
    }

    /// Its own policy, if it has one.
    @Nullable
    Policy policy() {
        return policy;
    }

    void permit(@Nullable Policy other) {
        policy = other;
    }

    synchronized Collection<Rule> rules() {
        return List.copyOf(rules.values());
    }

    synchronized Rule rule(String rule) {
        var found = rules.get(rule);
        if (found == null) {
            throw EventErrors.notFound("Rule " + rule + " does not exist on EventBus " + name + ".");
        }
        return found;
    }

    synchronized @Nullable Rule find(String rule) {
        return rules.get(rule);
    }

    /// Adds a rule or replaces the one of that name.
    synchronized void put(Rule rule) {
        var before = rules.get(rule.name());
        if (before == null || !before.pattern().equals(rule.pattern())) {
            if (before != null) {
                before.pattern().removeFrom(machine, before.name());
            }
            rule.pattern().addTo(machine, rule.name());
        }
        rules.put(rule.name(), rule);
    }

    synchronized void remove(Rule rule) {
        rule.pattern().removeFrom(machine, rule.name());
        rules.remove(rule.name());
    }

    /// The enabled rules that an event is for.
    synchronized List<Rule> matching(String event) {
        var matching = new ArrayList<Rule>();
        var found = new HashMap<String, Boolean>();
        try {
            for (var match : machine.rulesForJSONEvent(event)) {
                var rule = rules.get(match);
                if (rule != null && rule.enabled() && found.put(match, true) == null) {
                    matching.add(rule);
                }
            }
        } catch (Exception e) {
            throw new IllegalArgumentException("no event: " + event, e);
        }
        return matching;
    }
}
