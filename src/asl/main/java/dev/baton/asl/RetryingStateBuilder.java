package dev.baton.asl;

import java.util.List;

/// The part that the builders of states that may fail share: retriers and catchers.
///
/// @param <B> the builder itself
public abstract sealed class RetryingStateBuilder<B extends RetryingStateBuilder<B>> extends FlowBuilder<B>
        permits TaskState.Builder, ParallelState.Builder, MapState.Builder {
    List<Retrier> retry = List.of();
    List<Catcher> catchers = List.of();

    RetryingStateBuilder() {}

    public B retry(List<Retrier> retry) {
        this.retry = List.copyOf(retry);
        return self();
    }

    public B catchers(List<Catcher> catchers) {
        this.catchers = List.copyOf(catchers);
        return self();
    }
}
