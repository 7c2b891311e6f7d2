package dev.baton.asl.internal;

import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks how the states of one graph hang together: targets, reachability, ends.
final class GraphCheck {
    private final StructureFindings problems;
    private final ObjectNode states;
    private final List<String> names;

    /// @param field as findings name it
    private record Target(String state, String field, DefinitionPlace place) {}

    private GraphCheck(StructureFindings problems, ObjectNode states) {
        this.problems = problems;
        this.states = states;
        this.names = states.members().stream().map(Node.Member::name).distinct().toList();
    }

    /// @param whole whether the graph is the state machine itself
    static void check(StructureFindings problems, ObjectNode graph, DefinitionPlace place, boolean whole) {
        var member = graph.member("States");
        if (member != null
                && member.node() instanceof ObjectNode states
                && !states.members().isEmpty()) {
            new GraphCheck(problems, states).check(graph, place, place.field(member), whole);
        }
    }

    private void check(ObjectNode graph, DefinitionPlace place, DefinitionPlace statesPlace, boolean whole) {
        for (var member : states.members()) {
            for (var target : targets(member, statesPlace)) {
                if (!states.has(target.state())) {
                    problems.target(target.place(), target.field(), target.state(), names);
                }
            }
        }
        var ends = names.stream().anyMatch(name -> ends(states.get(name)));
        if (!ends) {
            problems.noEnd(place, whole);
        }
        var start = graph.member("StartAt");
        if (start == null || !(start.node().value() instanceof String first)) {
            return;
        }
        if (!states.has(first)) {
            problems.target(place.field(start), "StartAt", first, names);
        }
        if (ends || !whole) {
            // Of a state machine without an end the service says only that.
            unreachable(first, statesPlace);
        }
    }

    /// Reports states to which nobody points, as the service does, and then those that only point to each other; not
    /// what follows a reported state, since it is mended with it.
    private void unreachable(String first, DefinitionPlace statesPlace) {
        var pointedAt = new HashSet<String>();
        for (var member : states.members()) {
            targets(member, statesPlace).stream()
                    .map(Target::state)
                    .filter(state -> !state.equals(member.name()))
                    .forEach(pointedAt::add);
        }
        var reached = new HashSet<String>();
        reach(first, reached, statesPlace);
        for (var name : names) {
            if (!name.equals(first) && !pointedAt.contains(name)) {
                report(name, statesPlace);
                reach(name, reached, statesPlace);
            }
        }
        for (var name : names) {
            if (!reached.contains(name) && !name.equals(first)) {
                report(name, statesPlace);
            }
        }
    }

    private void report(String name, DefinitionPlace statesPlace) {
        problems.unreachable(ValueChecks.place(statesPlace, states.member(name)), name);
    }

    private void reach(String from, Set<String> reached, DefinitionPlace statesPlace) {
        if (!states.has(from) || !reached.add(from)) {
            return;
        }
        var open = new ArrayDeque<String>(List.of(from));
        while (!open.isEmpty()) {
            var member = states.member(open.remove());
            if (member != null) {
                targets(member, statesPlace).stream()
                        .map(Target::state)
                        .filter(states::has)
                        .filter(reached::add)
                        .forEach(open::add);
            }
        }
    }

    private static boolean ends(@Nullable Node node) {
        if (!(node instanceof ObjectNode state)) {
            return false;
        }
        var type = ValueChecks.text(state, "Type");
        return type.equals("Succeed") || type.equals("Fail") || ValueChecks.flag(state, "End");
    }

    private static List<Target> targets(Node.Member member, DefinitionPlace statesPlace) {
        var targets = new ArrayList<Target>();
        if (member.node() instanceof ObjectNode state) {
            var place = statesPlace.field(member);
            target(state, "Next", place, targets);
            target(state, "Default", place, targets);
            elements(state, "Choices", place, targets);
            elements(state, "Catch", place, targets);
        }
        return targets;
    }

    private static void elements(ObjectNode state, String field, DefinitionPlace place, List<Target> targets) {
        var member = state.member(field);
        if (member != null && member.node() instanceof ArrayNode array) {
            ValueChecks.forEach(array, place.field(member), (each, at) -> {
                if (each instanceof ObjectNode object) {
                    target(object, "Next", at, targets);
                }
            });
        }
    }

    private static void target(ObjectNode object, String field, DefinitionPlace place, List<Target> targets) {
        var member = object.member(field);
        if (member != null && member.node().value() instanceof String state) {
            targets.add(new Target(state, field, place.field(member)));
        }
    }
}
