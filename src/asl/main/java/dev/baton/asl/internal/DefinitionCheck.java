package dev.baton.asl.internal;

import dev.baton.asl.Finding;
import dev.baton.asl.QueryLanguage;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.asl.text.GraphText;
import dev.baton.asl.text.StateText;
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
    private static final CheckContext.Graphs NO_GRAPHS = new CheckContext.Graphs() {
        @Override
        public void branch(Node node, DefinitionPlace place) {}

        @Override
        public void items(String what, Node node, DefinitionPlace place) {}
    };

    private final FindingReport report;
    private final StructureFindings problems;
    private final Map<String, DefinitionPlace> names = new HashMap<>();
    private final Map<String, DefinitionPlace> labels = new HashMap<>();
    private final SequencedMap<String, TreeSet<String>> references = new LinkedHashMap<>();
    private int depth;
    private QueryLanguage language = QueryLanguage.JSONPATH;

    private DefinitionCheck(String source) {
        this.report = new FindingReport(source);
        this.problems = new StructureFindings(report);
    }

    /// The findings, and the variables that each state reads.
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
        new StateCheck(check, new VariableScope(null), type).check(StateText.alone(root), uses);
        return new Result(check.report.findings(), check.references);
    }

    private void machine(Node root, StateMachineType type) {
        var place = DefinitionPlace.root(root.line(), root.column());
        if (!(root instanceof ObjectNode machine)) {
            problems.notAnObject(place, "of type " + root.typeName());
            return;
        }
        language = GraphText.language(machine);
        var scope = new VariableScope(null);
        var shape = graph("a state machine", scope, type)
                .field("QueryLanguage", ValueChecks.word("JSONPath", "JSONata"))
                .field("Version", ValueChecks.word("1.0"))
                .field("TimeoutSeconds", ValueChecks.integer(1, 99_999_999));
        shape.check(visit(type), machine, place);
        GraphCheck.check(problems, GraphText.of(machine, place), true);
        scope.check(problems);
    }

    /// Outside of any state.
    private CheckContext visit(StateMachineType type) {
        return new CheckContext(problems, language, type, CheckContext.INPUT, new VariableUses(), NO_GRAPHS);
    }

    private ObjectShape graph(String what, VariableScope scope, StateMachineType type) {
        return ObjectShape.of(what)
                .required("States", (visit, node, place) -> states(node, place, scope, type))
                .required("StartAt", ValueChecks.string())
                .field("Comment", ValueChecks.string());
    }

    private void states(Node node, DefinitionPlace place, VariableScope scope, StateMachineType type) {
        if (!(node instanceof ObjectNode states)) {
            problems.type(place, "an object", node.value());
            return;
        }
        if (states.members().isEmpty()) {
            problems.empty(place, "States");
        }
        for (var state : StateText.in(states, place)) {
            name(state.name(), state.place());
            var uses = new VariableUses();
            new StateCheck(this, scope, type).check(state, uses);
            scope.add(uses);
            if (!uses.read().isEmpty()) {
                references
                        .computeIfAbsent(state.name(), name -> new TreeSet<>())
                        .addAll(uses.read().keySet());
            }
        }
    }

    private void name(String name, DefinitionPlace place) {
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
            problems.stateName(place, name);
        }
        var first = names.putIfAbsent(name, place);
        if (first != null) {
            problems.repeatedState(place, name, first);
        }
    }

    void label(String label, DefinitionPlace place) {
        if (labels.putIfAbsent(label, place) != null) {
            problems.repeatedLabel(place, label);
        }
    }

    /// Checks a branch, iterator or item processor.
    ///
    /// @param what with its article, as findings name it
    void inner(String what, Node node, DefinitionPlace place, VariableScope scope, StateMachineType type) {
        var shape = graph(what, scope, type);
        if (!what.equals("a branch")) {
            shape.field("ProcessorConfig", MapShapes.processorConfig());
        }
        if (depth == NestingDepth.GRAPHS) {
            problems.tooDeep(place, "Branches and item processors", NestingDepth.GRAPHS);
            return;
        }
        depth++;
        shape.check(visit(type), node, place);
        depth--;
        GraphCheck.check(problems, GraphText.of(node, place), false);
    }

    QueryLanguage language() {
        return language;
    }

    StructureFindings problems() {
        return problems;
    }
}
