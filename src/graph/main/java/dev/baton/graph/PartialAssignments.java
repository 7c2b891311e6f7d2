package dev.baton.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Joins partial knowledge of root parameters. In one collection every assignment knows the same parameters.
final class PartialAssignments {
    private PartialAssignments() {}

    /// Every union of two that agree on what both know.
    static List<Map<Integer, Object>> join(
            Collection<Map<Integer, Object>> left, Collection<Map<Integer, Object>> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        if (left.size() == 1 && left.iterator().next().isEmpty()) {
            return right.stream().distinct().toList();
        }
        var shared = new HashSet<>(left.iterator().next().keySet());
        shared.retainAll(right.iterator().next().keySet());
        var byShared = new HashMap<Map<Integer, Object>, List<Map<Integer, Object>>>();
        for (var assignment : right) {
            var key = new HashMap<>(assignment);
            key.keySet().retainAll(shared);
            byShared.computeIfAbsent(key, values -> new ArrayList<>()).add(assignment);
        }
        var joined = new LinkedHashSet<Map<Integer, Object>>();
        for (var assignment : left) {
            var key = new HashMap<>(assignment);
            key.keySet().retainAll(shared);
            for (var other : byShared.getOrDefault(key, List.of())) {
                var union = new HashMap<>(assignment);
                union.putAll(other);
                joined.add(union);
            }
        }
        return List.copyOf(joined);
    }
}
