package dev.baton.asl.internal;

import dev.baton.asl.text.DefinitionPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of one graph: it assigns its own and reads those of the graphs around it.
final class VariableScope {
    private final @Nullable VariableScope outer;
    private final Map<String, DefinitionPlace> assigned = new LinkedHashMap<>();
    private final List<VariableUses> states = new ArrayList<>();
    private final List<VariableScope> inner = new ArrayList<>();

    /// @param outer null for the state machine, and for what a distributed Map runs: its child executions see nothing
    ///     of their parent's variables
    VariableScope(@Nullable VariableScope outer) {
        this.outer = outer;
    }

    VariableScope inner(boolean distributed) {
        var scope = new VariableScope(distributed ? null : this);
        inner.add(scope);
        return scope;
    }

    void add(VariableUses uses) {
        states.add(uses);
        uses.assigned().forEach(assigned::putIfAbsent);
    }

    /// Reports variables that nobody assigns, and those that an inner scope takes from an outer one.
    void check(StructureFindings problems) {
        for (var uses : states) {
            uses.read().forEach((variable, place) -> {
                if (!sees(variable)) {
                    problems.expressions().unknownVariable(place, variable);
                }
            });
            uses.assigned().forEach((variable, place) -> {
                if (outer != null && outer.sees(variable)) {
                    problems.expressions().outerVariable(place, variable);
                }
            });
        }
        inner.forEach(scope -> scope.check(problems));
    }

    private boolean sees(String variable) {
        return assigned.containsKey(variable) || (outer != null && outer.sees(variable));
    }
}
