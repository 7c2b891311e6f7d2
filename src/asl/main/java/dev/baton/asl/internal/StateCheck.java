package dev.baton.asl.internal;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.StateType;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.asl.text.StateText;
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

    void check(StateText state, VariableUses uses) {
        if (!(state.node() instanceof ObjectNode fields)) {
            problems.type(state.place(), "an object", state.node().value());
            return;
        }
        if (!fields.has("Type")) {
            problems.required(state.place(), List.of("Type"), ValueChecks.names(fields));
            return;
        }
        var type = state.type();
        if (type == null) {
            problems.word(state.place().fieldOrHere(fields.member("Type")), TYPES, state.text("Type"));
            return;
        }
        check(type, state, fields, uses);
    }

    private void check(StateType type, StateText state, ObjectNode fields, VariableUses uses) {
        var place = state.place();
        var language = state.language(definition.language());
        var downgraded = language == QueryLanguage.JSONPATH && definition.language() == QueryLanguage.JSONATA;
        if (downgraded) {
            problems.languageDowngrade(place.fieldOrHere(fields.member("QueryLanguage")), place);
        }
        var visit = new CheckContext(problems, language, machineType, CheckContext.INPUT, uses, graphs(state));
        StateShapes.of(type).check(visit, fields, place, !downgraded);
        switch (type) {
            case PASS, PARALLEL -> transition(state);
            case TASK -> {
                transition(state);
                heartbeat(fields, place);
                parameters(visit, state);
            }
            case WAIT -> {
                transition(state);
                wait(visit, fields, place);
            }
            case MAP -> {
                transition(state);
                map(state);
            }
            case CHOICE, SUCCEED, FAIL -> {}
        }
    }

    /// The checks of the graphs inside of a state.
    private CheckContext.Graphs graphs(StateText state) {
        return new CheckContext.Graphs() {
            @Override
            public void branch(Node node, DefinitionPlace place) {
                definition.inner("a branch", node, place, scope.inner(false), machineType);
            }

            @Override
            public void items(String what, Node node, DefinitionPlace place) {
                var distributed = state.isDistributed();
                definition.inner(
                        what, node, place, scope.inner(distributed), distributed ? executionType(state) : machineType);
            }
        };
    }

    private static StateMachineType executionType(StateText state) {
        return state.startsExpress() ? StateMachineType.EXPRESS : StateMachineType.STANDARD;
    }

    private void transition(StateText state) {
        var goesOn = state.fields().has("Next");
        if (goesOn && state.ends()) {
            problems.exclusive(state.place(), List.of("Next", "End"));
        } else if (!goesOn && !state.ends()) {
            problems.oneOf(state.place(), List.of("Next", "End"), "The state");
        }
    }

    private void heartbeat(ObjectNode state, DefinitionPlace place) {
        var heartbeat = ValueChecks.number(state, "HeartbeatSeconds");
        var timeout = ValueChecks.number(state, "TimeoutSeconds");
        if (heartbeat != null && timeout != null && ValueChecks.compare(heartbeat, timeout) >= 0) {
            problems.heartbeat(place.fieldOrHere(state.member("HeartbeatSeconds")), heartbeat, timeout);
        }
    }

    private static void parameters(CheckContext visit, StateText state) {
        var arguments = state.fields().member(visit.isJsonata() ? "Arguments" : "Parameters");
        if (arguments != null) {
            ArgumentChecks.check(
                    visit,
                    state.text("Resource"),
                    arguments.node(),
                    state.place().field(arguments));
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

    private void map(StateText state) {
        var fields = state.fields();
        var place = state.place();
        if (!fields.has("ItemProcessor") && !fields.has("Iterator")) {
            problems.required(place, List.of("ItemProcessor"), ValueChecks.names(fields));
        }
        var distributed = state.isDistributed();
        if (distributed && machineType == StateMachineType.EXPRESS) {
            problems.expressDistributed(place);
        }
        for (var field : MapShapes.DISTRIBUTED_ONLY) {
            if (fields.has(field) && !distributed) {
                problems.distributedOnly(place.fieldOrHere(fields.member(field)), place, field);
            }
        }
        var label = state.text("Label");
        if (!label.isEmpty()) {
            definition.label(label, place.fieldOrHere(fields.member("Label")));
        }
    }
}
