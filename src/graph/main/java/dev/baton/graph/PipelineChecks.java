package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Diagnostics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The checks of pipelines together, what pipelines that share buckets have to be to each other: a target is made by
/// one class of tasks, which several pipelines may have, elsewhere it is external, and no pipeline starts itself by way
/// of others.
public final class PipelineChecks {
    private final List<TaskGraph> graphs;
    private final Map<TaskGraph, List<ClassOutputs>> outputs = new HashMap<>();
    private final Diagnostics found = new Diagnostics();

    private PipelineChecks(List<TaskGraph> graphs) {
        this.graphs = graphs.stream()
                .sorted(Comparator.comparing(graph -> graph.pipeline().name()))
                .toList();
        graphs.forEach(graph -> outputs.put(graph, ClassOutputs.of(graph)));
    }

    /// All findings (TSK050, TSK051) about pipelines, each of which is right by itself.
    public static List<Diagnostic> check(List<TaskGraph> graphs) {
        var checks = new PipelineChecks(graphs);
        checks.owners();
        checks.circles();
        return checks.found.all();
    }

    private List<ClassOutputs> outputs(TaskGraph graph, boolean external) {
        return outputs.getOrDefault(graph, List.of()).stream()
                .filter(output -> output.external() == external)
                .toList();
    }

    private void owners() {
        for (var i = 0; i < graphs.size(); i++) {
            for (var j = i + 1; j < graphs.size(); j++) {
                for (var output : outputs(graphs.get(i), false)) {
                    for (var other : outputs(graphs.get(j), false)) {
                        if (output.meets(other) && !output.isSharedWith(other)) {
                            found.add(PipelineFindings.twoOwners(
                                    graphs.get(i).pipeline(),
                                    output.type(),
                                    output.template(),
                                    graphs.get(j).pipeline(),
                                    other.type(),
                                    other.template()));
                        }
                    }
                }
            }
        }
    }

    /// Each circle is told once, from its first pipeline by name, along a shortest way.
    private void circles() {
        var starts = new TreeMap<String, Map<String, String>>();
        for (var graph : graphs) {
            starts.put(graph.pipeline().name(), starts(graph));
        }
        var told = new HashSet<String>();
        for (var name : starts.keySet()) {
            if (told.contains(name)) {
                continue;
            }
            var circle = way(name, starts);
            if (!circle.isEmpty()) {
                told.addAll(circle);
                found.add(PipelineFindings.circle(
                        circle, starts.getOrDefault(name, Map.of()).getOrDefault(circle.get(1), "")));
            }
        }
    }

    /// Which other pipelines the outputs of one start, with how a sentence says it.
    private Map<String, String> starts(TaskGraph graph) {
        var started = new TreeMap<String, String>();
        for (var other : graphs) {
            for (var output : outputs(graph, false)) {
                for (var trigger : outputs(other, true)) {
                    if (other != graph && output.reaches(trigger)) {
                        started.putIfAbsent(
                                other.pipeline().name(),
                                output.template() + " can match the trigger " + trigger.template() + " of "
                                        + other.pipeline());
                    }
                }
            }
        }
        return started;
    }

    private static List<String> way(String name, Map<String, Map<String, String>> starts) {
        var from = new HashMap<String, String>();
        var open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            var current = open.poll();
            for (var next : starts.getOrDefault(current, Map.of()).keySet()) {
                if (next.equals(name)) {
                    var way = new ArrayList<>(List.of(name));
                    for (var step = current; step != null && !step.equals(name); step = from.get(step)) {
                        way.add(step);
                    }
                    way.add(name);
                    Collections.reverse(way);
                    return way;
                }
                if (from.putIfAbsent(next, current) == null) {
                    open.add(next);
                }
            }
        }
        return List.of();
    }
}
