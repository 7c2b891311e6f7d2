package dev.baton.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What depends on itself through others, found by Tarjan's algorithm.
final class Cycles {
    private final Map<String, Set<String>> uses;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> lowest = new HashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final List<Set<String>> found = new ArrayList<>();

    private Cycles(Map<String, Set<String>> uses) {
        this.uses = uses;
    }

    /// The largest sets within which each reaches all others, largest first; none of one alone.
    static List<Set<String>> of(Map<String, Set<String>> uses) {
        var cycles = new Cycles(uses);
        uses.keySet().stream().filter(name -> !cycles.numbers.containsKey(name)).forEach(cycles::visit);
        cycles.found.sort((a, b) -> b.size() - a.size());
        return cycles.found;
    }

    private void visit(String name) {
        numbers.put(name, numbers.size());
        lowest.put(name, numbers.get(name));
        open.push(name);
        for (var used : uses.get(name)) {
            if (!uses.containsKey(used)) {
                continue;
            }
            if (!numbers.containsKey(used)) {
                visit(used);
                lowest.merge(name, lowest.get(used), Math::min);
            } else if (open.contains(used)) {
                lowest.merge(name, numbers.get(used), Math::min);
            }
        }
        if (lowest.get(name).equals(numbers.get(name))) {
            var together = new TreeSet<String>();
            String last;
            do {
                last = open.pop();
                together.add(last);
            } while (!last.equals(name));
            if (together.size() > 1) {
                found.add(together);
            }
        }
    }
}
