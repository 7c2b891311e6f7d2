package dev.baton.compiler.internal.machine;

import dev.baton.asl.State;
import dev.baton.asl.Transition;
import java.util.SequencedMap;

/// A node that becomes several states.
sealed interface StateSequence permits ApprovedStates, DelegatedStates, FanOut, SingleState {

    /// What the first state wants to be called.
    String firstName();

    /// Appends the states.
    ///
    /// @param first the name that the first state got
    /// @param tellsResult whether the last state hands on what the task's function returned
    void write(String first, StateNames names, Transition after, boolean tellsResult, SequencedMap<String, State> into);
}
