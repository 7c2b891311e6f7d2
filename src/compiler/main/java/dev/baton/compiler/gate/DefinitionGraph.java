package dev.baton.compiler.gate;

import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.Member;
import dev.baton.json.Node.ObjectNode;
import dev.baton.json.Node.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A graph of states as it stands in a text: what is not as the language wants it is left out, for others to tell.
///
/// @param states by name, with all graphs inside them
record DefinitionGraph(ObjectNode node, String startAt, SequencedMap<String, State> states) {

    static @Nullable DefinitionGraph of(@Nullable Node node, String pointer) {
        if (!(node instanceof ObjectNode graph) || !(graph.get("States") instanceof ObjectNode states)) {
            return null;
        }
        var startAt = text(graph.get("StartAt"));
        var found = new LinkedHashMap<String, State>();
        for (var member : states.members()) {
            if (member.node() instanceof ObjectNode state) {
                found.put(member.name(), State.of(member, state, pointer + "/States/" + escaped(member.name())));
            }
        }
        return startAt != null && found.containsKey(startAt) ? new DefinitionGraph(graph, startAt, found) : null;
    }

    /// All states, those inside others too.
    List<State> all() {
        var all = new ArrayList<State>();
        for (var state : states.values()) {
            all.add(state);
            state.inside().forEach(machine -> all.addAll(machine.all()));
        }
        return all;
    }

    static @Nullable String text(@Nullable Node node) {
        return node instanceof ScalarNode scalar && scalar.value() instanceof String text ? text : null;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /// A state.
    ///
    /// @param inside the graphs of a Parallel or Map
    record State(
            String name, String type, ObjectNode node, Member member, String pointer, List<DefinitionGraph> inside) {

        static State of(Member member, ObjectNode node, String pointer) {
            var inside = new ArrayList<DefinitionGraph>();
            if (node.get("Branches") instanceof ArrayNode branches) {
                for (var i = 0; i < branches.elements().size(); i++) {
                    add(inside, branches.elements().get(i), pointer + "/Branches/" + i);
                }
            }
            add(inside, node.get("ItemProcessor"), pointer + "/ItemProcessor");
            add(inside, node.get("Iterator"), pointer + "/Iterator");
            var type = text(node.get("Type"));
            return new State(member.name(), type == null ? "" : type, node, member, pointer, List.copyOf(inside));
        }

        private static void add(List<DefinitionGraph> inside, @Nullable Node node, String pointer) {
            var machine = DefinitionGraph.of(node, pointer);
            if (machine != null) {
                inside.add(machine);
            }
        }

        boolean isTask() {
            return type.equals("Task");
        }

        String resource() {
            var resource = text(node.get("Resource"));
            return resource == null ? "" : resource;
        }

        /// What it calls besides: `Arguments` or `Parameters`.
        @Nullable
        ObjectNode arguments() {
            var arguments = node.get("Arguments") == null ? node.get("Parameters") : node.get("Arguments");
            return arguments instanceof ObjectNode object ? object : null;
        }

        /// Where it may go on, those after an error among them; with the names of the fields that say so.
        Map<String, List<String>> next() {
            var next = new LinkedHashMap<String, List<String>>();
            put(next, "Next", node);
            put(next, "Default", node);
            for (var list : List.of("Choices", "Catch")) {
                if (node.get(list) instanceof ArrayNode rules) {
                    rules.elements().forEach(rule -> {
                        var to = rule instanceof ObjectNode object ? text(object.get("Next")) : null;
                        if (to != null) {
                            next.computeIfAbsent(list, any -> new ArrayList<>()).add(to);
                        }
                    });
                }
            }
            return next;
        }

        private static void put(Map<String, List<String>> next, String field, ObjectNode node) {
            var to = text(node.get(field));
            if (to != null) {
                next.put(field, List.of(to));
            }
        }
    }
}
