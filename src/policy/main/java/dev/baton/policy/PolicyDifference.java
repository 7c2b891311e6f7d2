package dev.baton.policy;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// The difference between two texts of policies, by the ids of the policies. What says the same, says it however it is
/// spaced and commented.
///
/// @param added ids that only the later has
/// @param removed ids that only the earlier has
/// @param changed ids of policies that say something else
public record PolicyDifference(List<String> added, List<String> removed, List<String> changed) {
    public PolicyDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /// Whether they say the same.
    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    /// A text that is not Cedar has no policies.
    public static PolicyDifference between(String earlier, String later) {
        var before = byId(earlier);
        var after = byId(later);
        return new PolicyDifference(
                after.keySet().stream().filter(id -> !before.containsKey(id)).toList(),
                before.keySet().stream().filter(id -> !after.containsKey(id)).toList(),
                before.keySet().stream()
                        .filter(id -> after.containsKey(id) && !Objects.equals(before.get(id), after.get(id)))
                        .toList());
    }

    private static TreeMap<String, Object> byId(String text) {
        var policies = new TreeMap<String, Object>();
        ParsedPolicies.of("policies.cedar", text)
                .policies()
                .forEach(policy -> policies.put(policy.id(), policy.json()));
        return policies;
    }
}
