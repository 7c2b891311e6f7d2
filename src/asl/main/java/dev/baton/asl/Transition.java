package dev.baton.asl;

import java.util.List;

/// The transition out of a state: where an execution goes after a state.
public sealed interface Transition {
    /// `End: true`.
    End END = new End();

    /// To a state of the same [StateGraph].
    record Next(String state) implements Transition {}

    /// Nowhere: the state ends its graph.
    record End() implements Transition {}

    /// The name of the state that it leads to, or none.
    default List<String> successors() {
        return switch (this) {
            case Next(var state) -> List.of(state);
            case End() -> List.of();
        };
    }

    static Transition next(String state) {
        return new Next(state);
    }
}
