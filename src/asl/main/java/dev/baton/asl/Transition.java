package dev.baton.asl;

/// The transition out of a state: where an execution goes after a state.
public sealed interface Transition {
    /// `End: true`.
    End END = new End();

    /// To a state of the same [StateGraph].
    record Next(String state) implements Transition {}

    /// Nowhere: the state ends its graph.
    record End() implements Transition {}

    static Transition next(String state) {
        return new Next(state);
    }
}
