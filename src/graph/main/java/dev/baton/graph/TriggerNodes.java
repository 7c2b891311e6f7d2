package dev.baton.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The external nodes of a graph, and what their keys tell of the root.
final class TriggerNodes {
    private final TaskGraph graph;
    private final List<TriggerNode> starters;
    private final RootCoverage covers;
    private final boolean sometimes;

    TriggerNodes(TaskGraph graph) {
        this.graph = graph;
        this.starters = graph.externals().stream()
                .map(node -> new TriggerNode(graph, node))
                .toList();
        var always = CommonRequirements.of(graph);
        this.covers = new RootCoverage(starters, always);
        this.sometimes = starters.stream().anyMatch(starter -> !always.contains(starter.node()));
    }

    List<TriggerNode> starters() {
        return starters;
    }

    RootCoverage covers() {
        return covers;
    }

    /// Those that every root needs, as far as the samples and [dev.baton.task.Task#onlyIf] tell.
    List<TriggerNode> always() {
        return covers.always();
    }

    /// Whether there are external tasks that only some roots need.
    boolean sometimes() {
        return sometimes;
    }

    /// The root parameters, counted from 0, that are not told and have too many values to try.
    Set<Integer> missing(Set<Integer> told) {
        var missing = new HashSet<Integer>();
        var parameters = graph.rootParameters();
        for (var i = 0; i < parameters.count(); i++) {
            if (!told.contains(i) && parameters.get(i).type().alternatives().isEmpty()) {
                missing.add(i);
            }
        }
        return missing;
    }

    /// The root parameters that no external task tells and that cannot be tried out.
    Set<Integer> untold() {
        var told = new HashSet<Integer>();
        starters.forEach(starter -> told.addAll(starter.tells()));
        return missing(told);
    }
}
