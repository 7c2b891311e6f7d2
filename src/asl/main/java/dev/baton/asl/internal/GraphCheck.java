package dev.baton.asl.internal;

import dev.baton.asl.text.GraphText;
import dev.baton.asl.text.StateText;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks how the states of one graph hang together: targets, reachability, ends.
final class GraphCheck {
    private final StructureFindings problems;
    private final GraphText graph;
    private final List<String> names;

    private GraphCheck(StructureFindings problems, GraphText graph) {
        this.problems = problems;
        this.graph = graph;
        this.names = List.copyOf(graph.states().keySet());
    }

    /// @param graph null where there is none
    /// @param whole whether it is the state machine itself
    static void check(StructureFindings problems, @Nullable GraphText graph, boolean whole) {
        if (graph != null && !graph.states().isEmpty()) {
            new GraphCheck(problems, graph).check(whole);
        }
    }

    private void check(boolean whole) {
        for (var state : graph.written()) {
            for (var target : state.targets()) {
                if (!graph.states().containsKey(target.state())) {
                    problems.target(target.place(), target.field(), target.state(), names);
                }
            }
        }
        var ends = graph.states().values().stream().anyMatch(StateText::ends);
        if (!ends) {
            problems.noEnd(graph.place(), whole);
        }
        var first = graph.startAt();
        if (first == null) {
            return;
        }
        if (!graph.states().containsKey(first)) {
            problems.target(graph.place().fieldOrHere(graph.fields().member("StartAt")), "StartAt", first, names);
        }
        if (ends || !whole) {
            // Of a state machine without an end the service says only that.
            unreachable(first);
        }
    }

    /// Reports states to which nobody points, as the service does, and then those that only point to each other; not
    /// what follows a reported state, since it is mended with it.
    private void unreachable(String first) {
        var pointedAt = new HashSet<String>();
        for (var state : graph.written()) {
            state.targets().stream()
                    .map(StateText.Target::state)
                    .filter(target -> !target.equals(state.name()))
                    .forEach(pointedAt::add);
        }
        var reached = new HashSet<String>();
        reach(first, reached);
        graph.states().forEach((name, state) -> {
            if (!name.equals(first) && !pointedAt.contains(name)) {
                problems.unreachable(state.place(), name);
                reach(name, reached);
            }
        });
        graph.states().forEach((name, state) -> {
            if (!reached.contains(name) && !name.equals(first)) {
                problems.unreachable(state.place(), name);
            }
        });
    }

    private void reach(String from, Set<String> reached) {
        if (!graph.states().containsKey(from) || !reached.add(from)) {
            return;
        }
        var open = new ArrayDeque<String>(List.of(from));
        while (!open.isEmpty()) {
            var state = Objects.requireNonNull(graph.states().get(open.remove()));
            state.targets().stream()
                    .map(StateText.Target::state)
                    .filter(graph.states()::containsKey)
                    .filter(reached::add)
                    .forEach(open::add);
        }
    }
}
