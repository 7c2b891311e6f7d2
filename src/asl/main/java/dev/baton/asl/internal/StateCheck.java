package dev.baton.asl.internal;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.StateType;
import dev.baton.json.Node;
import dev.baton.json.Node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/// Checks one state, and through it the graphs inside.
final class StateCheck {
    private static final List<String> TYPES =
            Stream.of(StateType.values()).map(StateType::text).toList();

    private final DefinitionCheck definition;
    private final StructureFindings problems;
    private final VariableScope scope;
    private final StateMachineType machineType;

    StateCheck(DefinitionCheck definition, VariableScope scope, StateMachineType machineType) {
        this.definition = definition;
        this.problems = definition.problems();
        this.scope = scope;
        this.machineType = machineType;
    }

    void check(Node node, DefinitionPlace place, VariableUses uses) {
        if (!(node instanceof ObjectNode state)) {
            problems.type(place, "an object", node.value());
            return;
        }
        var member = state.member("Type");
        if (member == null) {
            problems.required(place, List.of("Type"), ValueChecks.names(state));
            return;
        }
        var text = ValueChecks.textOf(member.node());
        var type = StateType.of(text);
        if (type.isEmpty()) {
            problems.word(place.field(member), TYPES, text);
            return;
        }
        check(type.get(), state, place, uses);
    }

    private void check(StateType type, ObjectNode state, DefinitionPlace place, VariableUses uses) {
        var language = definition.language();
        var downgraded = false;
        var declared = state.member("QueryLanguage");
        if (declared != null) {
            // The service takes whatever is not exactly JSONPath for JSONata.
            var jsonPath = ValueChecks.textOf(declared.node()).equals("JSONPath");
            downgraded = jsonPath && language == QueryLanguage.JSONATA;
            language = jsonPath ? QueryLanguage.JSONPATH : QueryLanguage.JSONATA;
            if (downgraded) {
                problems.languageDowngrade(place.field(declared), place);
            }
        }
        var visit = new CheckContext(problems, language, machineType, CheckContext.INPUT, uses, graphs(state));
        StateShapes.of(type).check(visit, state, place, !downgraded);
        switch (type) {
            case PASS, PARALLEL -> transition(state, place);
            case TASK -> {
                transition(state, place);
                heartbeat(state, place);
                parameters(visit, state, place);
            }
            case WAIT -> {
                transition(state, place);
                wait(visit, state, place);
            }
            case MAP -> {
                transition(state, place);
                map(state, place);
            }
            case CHOICE, SUCCEED, FAIL -> {}
        }
    }

    /// How the graphs inside of a state are checked.
    private CheckContext.Graphs graphs(ObjectNode state) {
        return new CheckContext.Graphs() {
            @Override
            public void branch(Node node, DefinitionPlace place) {
                definition.inner("a branch", node, place, scope.inner(false), machineType);
            }

            @Override
            public void items(String what, Node node, DefinitionPlace place) {
                var distributed = isDistributed(state);
                definition.inner(
                        what, node, place, scope.inner(distributed), distributed ? executionType(state) : machineType);
            }
        };
    }

    private static boolean isDistributed(ObjectNode state) {
        return config(state, "Mode").equals("DISTRIBUTED");
    }

    private static StateMachineType executionType(ObjectNode state) {
        return config(state, "ExecutionType").equals("EXPRESS") ? StateMachineType.EXPRESS : StateMachineType.STANDARD;
    }

    private static String config(ObjectNode state, String field) {
        for (var processor : List.of("ItemProcessor", "Iterator")) {
            if (state.get(processor) instanceof ObjectNode graph
                    && graph.get("ProcessorConfig") instanceof ObjectNode config
                    && config.has(field)) {
                return ValueChecks.text(config, field);
            }
        }
        return "";
    }

    private void transition(ObjectNode state, DefinitionPlace place) {
        var ends = ValueChecks.flag(state, "End");
        if (state.has("Next") && ends) {
            problems.exclusive(place, List.of("Next", "End"));
        } else if (!state.has("Next") && !ends) {
            problems.oneOf(place, List.of("Next", "End"), "The state");
        }
    }

    private void heartbeat(ObjectNode state, DefinitionPlace place) {
        var heartbeat = ValueChecks.number(state, "HeartbeatSeconds");
        var timeout = ValueChecks.number(state, "TimeoutSeconds");
        if (heartbeat != null && timeout != null && ValueChecks.compare(heartbeat, timeout) >= 0) {
            problems.heartbeat(ValueChecks.place(place, state.member("HeartbeatSeconds")), heartbeat, timeout);
        }
    }

    private static void parameters(CheckContext visit, ObjectNode state, DefinitionPlace place) {
        var arguments = state.member(visit.isJsonata() ? "Arguments" : "Parameters");
        if (arguments != null) {
            ArgumentChecks.check(visit, ValueChecks.text(state, "Resource"), arguments.node(), place.field(arguments));
        }
    }

    private void wait(CheckContext visit, ObjectNode state, DefinitionPlace place) {
        var choices = visit.isJsonata()
                ? List.of("Seconds", "Timestamp")
                : List.of("Seconds", "Timestamp", "SecondsPath", "TimestampPath");
        if (choices.stream().noneMatch(state::has)) {
            problems.oneOf(place, choices, "A Wait state");
        }
    }

    private void map(ObjectNode state, DefinitionPlace place) {
        if (!state.has("ItemProcessor") && !state.has("Iterator")) {
            problems.required(place, List.of("ItemProcessor"), ValueChecks.names(state));
        }
        var distributed = isDistributed(state);
        if (distributed && machineType == StateMachineType.EXPRESS) {
            problems.expressDistributed(place);
        }
        for (var field : MapShapes.DISTRIBUTED_ONLY) {
            if (state.has(field) && !distributed) {
                problems.distributedOnly(ValueChecks.place(place, state.member(field)), place, field);
            }
        }
        var label = ValueChecks.text(state, "Label");
        if (!label.isEmpty()) {
            definition.label(label, ValueChecks.place(place, state.member("Label")));
        }
    }
}
