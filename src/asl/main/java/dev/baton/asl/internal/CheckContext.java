package dev.baton.asl.internal;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.StateMachineType;
import dev.baton.asl.text.DefinitionPlace;
import dev.baton.json.Node;
import java.util.Set;

/// The surroundings of a value that is checked: what a check knows besides the value that it checks.
///
/// @param problems where it reports to
/// @param language of the state
/// @param type of the state machine, or of the child executions of the distributed Map that surrounds the value
/// @param statesFields what `$states` has here (JSONata)
/// @param variables where it says which variables are read and assigned
/// @param graphs how the graphs inside of the state are checked
record CheckContext(
        StructureFindings problems,
        QueryLanguage language,
        StateMachineType type,
        Set<String> statesFields,
        VariableUses variables,
        Graphs graphs) {

    /// The checks of the graphs inside of a Parallel or Map state.
    interface Graphs {
        void branch(Node node, DefinitionPlace place);

        /// @param what with its article, as findings name it
        void items(String what, Node node, DefinitionPlace place);
    }

    static final Set<String> INPUT = Set.of("input", "context");
    static final Set<String> RESULT = Set.of("input", "context", "result");
    static final Set<String> ERROR_OUTPUT = Set.of("input", "context", "errorOutput");

    boolean isJsonata() {
        return language == QueryLanguage.JSONATA;
    }

    CheckContext withStates(Set<String> fields) {
        return new CheckContext(problems, language, type, fields, variables, graphs);
    }
}
