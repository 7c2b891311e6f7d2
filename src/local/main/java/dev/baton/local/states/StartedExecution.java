package dev.baton.local.states;

import dev.baton.engine.execution.Execution;

/// An execution that StartExecution began, with what only the API knows of it.
///
/// @param input the text as it was given
record StartedExecution(Execution execution, Machine machine, MachineRevision revision, String input) {
    String arn() {
        return execution.arn();
    }
}
