package dev.baton.asl;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state. Its name is its key in [StateGraph#states].
public sealed interface State
        permits PassState, TaskState, ChoiceState, WaitState, SucceedState, FailState, ParallelState, MapState {

    StateType type();

    @Nullable
    String comment();

    /// What this state itself declares; null: as the state machine says.
    @Nullable
    QueryLanguage queryLanguage();

    DataFlow data();

    /// Fields that the language does not know, in the order of the text, with their JSON values.
    SequencedMap<String, @Nullable Object> unknown();
}
