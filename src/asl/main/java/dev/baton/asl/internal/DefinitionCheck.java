package dev.baton.asl.internal;

import dev.baton.asl.Finding;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.StateMachineType;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;

/// Checks a definition as a whole, from its root into every graph.
public final class DefinitionCheck {
    private static final int MAX_NAME = 80;
    private static final Visit.Graphs NO_GRAPHS = new Visit.Graphs() {
        @Override
        public void branch(Node node, Place place) {}

        @Override
        public void items(String what, Node node, Place place) {}
    };

    private final Report report;
    private final Problems problems;
    private final Map<String, Place> names = new HashMap<>();
    private final Map<String, Place> labels = new HashMap<>();
    private final SequencedMap<String, TreeSet<String>> references = new LinkedHashMap<>();
    private int depth;
    private QueryLanguage language = QueryLanguage.JSONPATH;

    private DefinitionCheck(String source) {
        this.report = new Report(source);
        this.problems = new Problems(report);
    }

    /// What was found, and which variables each state reads.
    public record Result(List<Finding> findings, SequencedMap<String, TreeSet<String>> references) {}

    public static Result check(String source, Node root, StateMachineType type) {
        var check = new DefinitionCheck(source);
        check.machine(root, type);
        return new Result(check.report.findings(), check.references);
    }

    /// Checks a state that stands alone. Where it goes is not looked at.
    public static Result checkState(String source, Node root, StateMachineType type) {
        var check = new DefinitionCheck(source);
        var uses = new VariableUses();
        new StateCheck(check, new VariableScope(null), type).check(root, Place.root(root.line(), root.column()), uses);
        return new Result(check.report.findings(), check.references);
    }

    private void machine(Node root, StateMachineType type) {
        var place = Place.root(root.line(), root.column());
        if (!(root instanceof ObjectNode machine)) {
            problems.notAnObject(place, "of type " + root.typeName());
            return;
        }
        if (machine.has("QueryLanguage")) {
            language = Checks.text(machine, "QueryLanguage").equals("JSONPath")
                    ? QueryLanguage.JSONPATH
                    : QueryLanguage.JSONATA;
        }
        var scope = new VariableScope(null);
        var shape = graph("a state machine", scope, type)
                .field("QueryLanguage", Checks.word("JSONPath", "JSONata"))
                .field("Version", Checks.word("1.0"))
                .field("TimeoutSeconds", Checks.integer(1, 99_999_999));
        shape.check(visit(type), machine, place);
        GraphCheck.check(problems, machine, place, true);
        scope.check(problems);
    }

    /// Outside of any state.
    private Visit visit(StateMachineType type) {
        return new Visit(problems, language, type, Visit.INPUT, new VariableUses(), NO_GRAPHS);
    }

    private Shape graph(String what, VariableScope scope, StateMachineType type) {
        return Shape.of(what)
                .required("States", (visit, node, place) -> states(node, place, scope, type))
                .required("StartAt", Checks.string())
                .field("Comment", Checks.string());
    }

    private void states(Node node, Place place, VariableScope scope, StateMachineType type) {
        if (!(node instanceof ObjectNode states)) {
            problems.type(place, "an object", node.value());
            return;
        }
        if (states.members().isEmpty()) {
            problems.empty(place, "States");
        }
        for (var member : states.members()) {
            var at = place.field(member);
            name(member.name(), at);
            var uses = new VariableUses();
            new StateCheck(this, scope, type).check(member.node(), at, uses);
            scope.add(uses);
            if (!uses.read().isEmpty()) {
                references
                        .computeIfAbsent(member.name(), name -> new TreeSet<>())
                        .addAll(uses.read().keySet());
            }
        }
    }

    private void name(String name, Place place) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
            problems.stateName(place, name);
        }
        var first = names.putIfAbsent(name, place);
        if (first != null) {
            problems.repeatedState(place, name, first);
        }
    }

    void label(String label, Place place) {
        if (labels.putIfAbsent(label, place) != null) {
            problems.repeatedLabel(place, label);
        }
    }

    /// Checks a branch, iterator or item processor.
    ///
    /// @param what with its article, as findings name it
    void inner(String what, Node node, Place place, VariableScope scope, StateMachineType type) {
        var shape = graph(what, scope, type);
        if (!what.equals("a branch")) {
            shape.field("ProcessorConfig", MapShapes.processorConfig());
        }
        if (depth == Depth.GRAPHS) {
            problems.tooDeep(place, "Branches and item processors", Depth.GRAPHS);
            return;
        }
        depth++;
        shape.check(visit(type), node, place);
        depth--;
        if (node instanceof ObjectNode graph) {
            GraphCheck.check(problems, graph, place, false);
        }
    }

    QueryLanguage language() {
        return language;
    }

    Problems problems() {
        return problems;
    }
}
