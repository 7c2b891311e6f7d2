package dev.baton.asl.text;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.StateType;
import dev.baton.json.Node;
import dev.baton.json.Node.ArrayNode;
import dev.baton.json.Node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A state as it stands in a text, however wrong.
public final class StateText {
    private final String name;
    private final Node node;
    private final ObjectNode fields;
    private final DefinitionPlace place;

    private StateText(String name, Node node, DefinitionPlace place) {
        this.name = name;
        this.node = node;
        this.fields =
                node instanceof ObjectNode object ? object : new ObjectNode(node.line(), node.column(), List.of());
        this.place = place;
    }

    /// A state that stands alone, without a name.
    public static StateText alone(Node root) {
        return new StateText("", root, DefinitionPlace.root(root.line(), root.column()));
    }

    /// The states of an object of `States`.
    public static List<StateText> in(ObjectNode states, DefinitionPlace place) {
        return states.members().stream()
                .map(member -> new StateText(member.name(), member.node(), place.field(member)))
                .toList();
    }

    /// The way by which one state leads to another.
    public enum Way {
        NEXT,
        DEFAULT,
        CHOICES,
        CATCH
    }

    /// A state that another leads to.
    ///
    /// @param state its name; there may be none of it
    /// @param place of the field that names it
    public record Target(Way way, String state, DefinitionPlace place) {
        /// The name of the field.
        public String field() {
            return way == Way.DEFAULT ? "Default" : "Next";
        }
    }

    public String name() {
        return name;
    }

    /// The node that stands for the state; not an object where the text is wrong.
    public Node node() {
        return node;
    }

    /// Its fields; none where it is not an object.
    public ObjectNode fields() {
        return fields;
    }

    public DefinitionPlace place() {
        return place;
    }

    /// The type, or null where the language has none of its name.
    public @Nullable StateType type() {
        return StateType.of(text("Type")).orElse(null);
    }

    /// The text of a field, empty where it has none.
    public String text(String field) {
        return textOf(fields, field);
    }

    /// The states where it may go on, in the order of the ways.
    public List<Target> targets() {
        var targets = new ArrayList<Target>();
        target(Way.NEXT, fields, "Next", place, targets);
        target(Way.DEFAULT, fields, "Default", place, targets);
        each(Way.CHOICES, "Choices", targets);
        each(Way.CATCH, "Catch", targets);
        return targets;
    }

    private void each(Way way, String list, List<Target> targets) {
        var member = fields.member(list);
        if (member != null && member.node() instanceof ArrayNode array) {
            var at = place.field(member);
            for (var i = 0; i < array.elements().size(); i++) {
                if (array.elements().get(i) instanceof ObjectNode object) {
                    target(way, object, "Next", at.element(i, object), targets);
                }
            }
        }
    }

    private static void target(Way way, ObjectNode object, String field, DefinitionPlace place, List<Target> targets) {
        var member = object.member(field);
        var state = member == null ? null : member.node().text();
        if (state != null) {
            targets.add(new Target(way, state, place.field(Objects.requireNonNull(member))));
        }
    }

    /// Whether the execution of its graph may end with it.
    public boolean ends() {
        var type = type();
        return type == StateType.SUCCEED || type == StateType.FAIL || isFlagged("End");
    }

    /// Whether a field is `true`.
    public boolean isFlagged(String field) {
        var flag = fields.get(field);
        return flag != null && Boolean.TRUE.equals(flag.value());
    }

    /// The language of its fields. The service takes whatever is not exactly JSONPath for JSONata.
    public QueryLanguage language(QueryLanguage ofMachine) {
        return languageOf(fields, ofMachine);
    }

    /// The language that an object declares, or another one where it declares none.
    static QueryLanguage languageOf(ObjectNode fields, QueryLanguage otherwise) {
        if (!fields.has("QueryLanguage")) {
            return otherwise;
        }
        return textOf(fields, "QueryLanguage").equals(QueryLanguage.JSONPATH.text())
                ? QueryLanguage.JSONPATH
                : QueryLanguage.JSONATA;
    }

    /// The graphs inside it: branches, and what is done with each item.
    public List<GraphText> graphs() {
        var graphs = new ArrayList<GraphText>();
        var branches = fields.member("Branches");
        if (branches != null && branches.node() instanceof ArrayNode array) {
            var at = place.field(branches);
            for (var i = 0; i < array.elements().size(); i++) {
                var branch = array.elements().get(i);
                add(GraphText.of(branch, at.element(i, branch)), graphs);
            }
        }
        for (var processor : List.of("ItemProcessor", "Iterator")) {
            var member = fields.member(processor);
            if (member != null) {
                add(GraphText.of(member.node(), place.field(member)), graphs);
            }
        }
        return graphs;
    }

    private static void add(@Nullable GraphText graph, List<GraphText> graphs) {
        if (graph != null) {
            graphs.add(graph);
        }
    }

    /// Whether it starts an execution for each item.
    public boolean isDistributed() {
        return processorConfig("Mode").equals("DISTRIBUTED");
    }

    /// Whether the executions that it starts for items are EXPRESS.
    public boolean startsExpress() {
        return processorConfig("ExecutionType").equals("EXPRESS");
    }

    private String processorConfig(String field) {
        for (var processor : List.of("ItemProcessor", "Iterator")) {
            if (fields.get(processor) instanceof ObjectNode graph
                    && graph.get("ProcessorConfig") instanceof ObjectNode config
                    && config.has(field)) {
                return textOf(config, field);
            }
        }
        return "";
    }

    private static String textOf(ObjectNode object, String field) {
        var node = object.get(field);
        return node == null ? "" : Objects.requireNonNullElse(node.text(), "");
    }
}
