package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state. Its name is its key in [StateGraph#states].
public sealed interface State
        permits PassState, TaskState, ChoiceState, WaitState, SucceedState, FailState, ParallelState, MapState {

    StateType type();

    @Nullable
    String comment();

    /// The language that this state itself declares; null: as the state machine says.
    @Nullable
    QueryLanguage queryLanguage();

    DataFlow data();

    /// The retriers after an error, in the order in which they are asked; empty where the language knows none.
    default List<Retrier> retry() {
        return List.of();
    }

    /// The catchers after an error, in the order in which they are asked; empty where the language knows none.
    default List<Catcher> catchers() {
        return List.of();
    }

    /// The graphs inside: the branches of a Parallel, or what a Map does with each item.
    default List<? extends StateGraph> graphs() {
        return switch (this) {
            case ParallelState parallel -> parallel.branches();
            case MapState map -> List.of(map.processor());
            case PassState none -> List.of();
            case TaskState none -> List.of();
            case ChoiceState none -> List.of();
            case WaitState none -> List.of();
            case SucceedState none -> List.of();
            case FailState none -> List.of();
        };
    }

    /// The names of the states that it leads to where nothing fails: those of a Choice's rules in their order, then its
    /// default. None where it ends its graph.
    List<String> successors();

    /// Fields that the language does not know, in the order of the text, with their JSON values.
    SequencedMap<String, @Nullable Object> unknown();
}
