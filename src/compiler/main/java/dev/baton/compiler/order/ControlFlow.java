package dev.baton.compiler.order;

import dev.baton.asl.FailState;
import dev.baton.asl.State;
import dev.baton.asl.StateGraph;
import dev.baton.asl.SucceedState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The ways through the states of one graph, without those inside them: which states every way passes, and which a way
/// may pass again. States that no way reaches are not in it.
///
/// A state's *dominator* is the last other one that every way to it passes; when the state is entered, that one is
/// over.
final class ControlFlow {
    /// States in an order in which each stands behind its dominator.
    private final List<String> names;

    private final StateGraph graph;
    private final List<State> states;
    private final int[][] successors;
    private final int[] dominators;
    private final BitSet repeated;
    private final BitSet certain = new BitSet();
    private final int last;

    private ControlFlow(StateGraph graph, Predicate<State> works) {
        this.graph = graph;
        this.names = reversePostorder(graph);
        this.states = names.stream().map(name -> graph.states().get(name)).toList();
        var places = new HashMap<String, Integer>();
        names.forEach(name -> places.put(name, places.size()));
        this.successors = states.stream()
                .map(state -> state.successors().stream().mapToInt(places::get).toArray())
                .toArray(int[][]::new);
        this.dominators = dominators();
        this.repeated = cycles();
        this.last = last(works);
        for (var at = last; at >= 0; at = dominators[at]) {
            certain.set(at);
        }
    }

    /// @param works whether a state does, or has done, any of the graph's work. Where some does, to succeed without any
    ///     is an end that promises nothing: the execution was not needed
    static ControlFlow ofMachine(StateGraph graph, Predicate<State> works) {
        return new ControlFlow(graph, works);
    }

    /// The control flow of a graph which every end ends.
    static ControlFlow of(StateGraph graph) {
        return new ControlFlow(graph, state -> true);
    }

    int size() {
        return states.size();
    }

    String name(int place) {
        return names.get(place);
    }

    State state(int place) {
        return states.get(place);
    }

    /// The place of the dominator, or -1 for the first state.
    int dominator(int place) {
        return dominators[place];
    }

    /// The last state that every way to an end passes; -1 where there is no end.
    int last() {
        return last;
    }

    /// Whether every way to an end passes the state, and none passes it twice.
    boolean isOnce(int place) {
        return certain.get(place) && !repeated.get(place);
    }

    /// Whether a way may pass the state again.
    boolean isRepeated(int place) {
        return repeated.get(place);
    }

    /// Whether a state of the graph ends it as a failure.
    boolean fails(String name) {
        return graph.states().get(name) instanceof FailState;
    }

    /// Whether the state ends the graph.
    boolean isEnd(int place) {
        return successors[place].length == 0 && !(states.get(place) instanceof FailState);
    }

    private static List<String> reversePostorder(StateGraph graph) {
        record Step(String state, ArrayDeque<String> open) {}
        var order = new ArrayList<String>(graph.states().size());
        var seen = new HashMap<String, Boolean>();
        var path = new ArrayDeque<Step>();
        var first = step(graph, graph.startAt(), seen);
        if (first != null) {
            path.push(new Step(graph.startAt(), first));
        }
        while (!path.isEmpty()) {
            var step = path.getFirst();
            var name = step.open().poll();
            if (name == null) {
                order.add(step.state());
                path.pop();
            } else {
                var further = step(graph, name, seen);
                if (further != null) {
                    path.push(new Step(name, further));
                }
            }
        }
        return order.reversed();
    }

    /// What follows a state that was not seen yet.
    private static @Nullable ArrayDeque<String> step(StateGraph graph, String name, Map<String, Boolean> seen) {
        var state = graph.states().get(name);
        if (state == null) {
            throw new IllegalArgumentException("there is no state " + name);
        }
        return seen.putIfAbsent(name, true) == null ? new ArrayDeque<>(state.successors()) : null;
    }

    /// After Cooper, Harvey and Kennedy (2001).
    private int[] dominators() {
        var found = new int[states.size()];
        Arrays.fill(found, -2);
        if (found.length > 0) {
            found[0] = -1;
        }
        for (var changed = true; changed; ) {
            changed = false;
            for (var place = 0; place < found.length; place++) {
                for (var next : successors[place]) {
                    var common = found[next] == -2 ? place : common(found, found[next], place);
                    if (next != 0 && found[next] != common) {
                        found[next] = common;
                        changed = true;
                    }
                }
            }
        }
        return found;
    }

    private static int common(int[] dominators, int one, int other) {
        var a = one;
        var b = other;
        while (a != b) {
            if (a > b) {
                a = dominators[a];
            } else {
                b = dominators[b];
            }
        }
        return a;
    }

    /// Every circle has an edge that leads back in the order; on the circle is what lies between.
    private BitSet cycles() {
        var on = new BitSet(states.size());
        for (var place = 0; place < states.size(); place++) {
            for (var next : successors[place]) {
                if (next <= place) {
                    var round = reached(next, successors);
                    round.and(reached(place, reversed()));
                    on.or(round);
                }
            }
        }
        return on;
    }

    private int[][] reversed() {
        var predecessors = new ArrayList<List<Integer>>();
        states.forEach(state -> predecessors.add(new ArrayList<>()));
        for (var place = 0; place < states.size(); place++) {
            for (var next : successors[place]) {
                predecessors.get(next).add(place);
            }
        }
        return predecessors.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static BitSet reached(int from, int[][] edges) {
        var reached = new BitSet(edges.length);
        var open = new ArrayDeque<Integer>(List.of(from));
        reached.set(from);
        while (!open.isEmpty()) {
            for (var next : edges[open.pop()]) {
                if (!reached.get(next)) {
                    reached.set(next);
                    open.push(next);
                }
            }
        }
        return reached;
    }

    private int last(Predicate<State> works) {
        var ends = new ArrayList<Integer>();
        var idle = new ArrayList<Integer>();
        for (var place = 0; place < states.size(); place++) {
            if (isEnd(place)) {
                (states.get(place) instanceof SucceedState && !follows(place, works) ? idle : ends).add(place);
            }
        }
        return (ends.isEmpty() ? idle : ends)
                .stream().reduce((one, other) -> common(dominators, one, other)).orElse(-1);
    }

    private boolean follows(int place, Predicate<State> works) {
        return reached(place, reversed()).stream().anyMatch(before -> works.test(states.get(before)));
    }
}
