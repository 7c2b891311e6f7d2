package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state that runs branches at the same time; its result is the array of their outputs.
public record ParallelState(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        List<Branch> branches,
        DataFlow data,
        List<Retrier> retry,
        List<Catcher> catchers,
        Transition transition,
        SequencedMap<String, @Nullable Object> unknown)
        implements State {

    public ParallelState {
        branches = List.copyOf(branches);
        retry = List.copyOf(retry);
        catchers = List.copyOf(catchers);
        unknown = ImmutableCopies.of(unknown);
    }

    @Override
    public StateType type() {
        return StateType.PARALLEL;
    }

    @Override
    public List<String> successors() {
        return transition.successors();
    }

    public static Builder builder(List<Branch> branches) {
        return new Builder(branches);
    }

    /// Builds a [ParallelState].
    public static final class Builder extends RetryingStateBuilder<Builder> {
        private final List<Branch> branches;

        private Builder(List<Branch> branches) {
            this.branches = List.copyOf(branches);
        }

        @Override
        Builder self() {
            return this;
        }

        public ParallelState build() {
            return new ParallelState(comment, queryLanguage, branches, data(), retry, catchers, transition, unknown);
        }
    }
}
