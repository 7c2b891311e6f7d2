package dev.baton.asl.definition;

import dev.baton.asl.StateMachineType;
import dev.baton.asl.internal.DefinitionCheck;
import dev.baton.json.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The variables of a definition: which variables each state reads, as DescribeStateMachine tells it in
/// `variableReferences`.
public final class VariableReferences {
    private VariableReferences() {}

    /// The names of the variables by name of the state, both without those that have none; states inside of Map and
    /// Parallel states stand for themselves. The names are sorted.
    ///
    /// @param definition a valid one
    public static SequencedMap<String, List<String>> of(String definition) {
        var references = new LinkedHashMap<String, List<String>>();
        DefinitionCheck.check("definition", Node.parse(definition), StateMachineType.STANDARD)
                .references()
                .forEach((state, variables) -> references.put(state, List.copyOf(variables)));
        return Collections.unmodifiableSequencedMap(references);
    }
}
