package dev.baton.compiler.internal.machine;

import dev.baton.asl.State;
import dev.baton.asl.Transition;
import java.util.SequencedMap;

/// A node whose function does all of its work in one state.
///
/// @param name what the state wants to be called
record SingleState(String name, Form form) implements StateSequence {

    /// The state, by what follows it.
    @FunctionalInterface
    interface Form {
        State before(Transition next, boolean tellsResult);
    }

    @Override
    public String firstName() {
        return name;
    }

    @Override
    public void write(
            String first, StateNames names, Transition after, boolean tellsResult, SequencedMap<String, State> into) {
        into.put(first, form.before(after, tellsResult));
    }
}
