package dev.baton.asl;

/// A builder of states with a `Next` or `End`: what the builders of states with a `Next` or `End` share. Without either
/// the state ends its graph.
///
/// @param <B> the builder itself
public abstract sealed class FlowBuilder<B extends FlowBuilder<B>> extends StateBuilder<B>
        permits RetryingStateBuilder, PassState.Builder, WaitState.Builder {
    Transition transition = Transition.END;

    FlowBuilder() {}

    public B transition(Transition transition) {
        this.transition = transition;
        return self();
    }

    public B next(String state) {
        return transition(Transition.next(state));
    }
}
