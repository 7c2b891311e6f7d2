package dev.baton.graph;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The nodes that every root needs, whatever its parameters: those to which a way without [dev.baton.task.Task#onlyIf]
/// leads.
final class CommonRequirements {
    private CommonRequirements() {}

    static Set<TaskNode> of(TaskGraph graph) {
        var always = new HashSet<TaskNode>();
        var open = new ArrayDeque<TaskNode>(List.of(graph.root()));
        while (!open.isEmpty()) {
            var node = open.poll();
            if (always.add(node)) {
                node.requires().stream()
                        .filter(child -> !node.conditional().contains(child))
                        .forEach(open::add);
            }
        }
        return Collections.unmodifiableSet(always);
    }
}
