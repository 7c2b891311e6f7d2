package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state that passes its input on, shaped, or a fixed result.
///
/// @param result JSONPath: what takes the place of the input; null when absent
public record PassState(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        @Nullable Literal result,
        DataFlow data,
        Transition transition,
        SequencedMap<String, @Nullable Object> unknown)
        implements State {

    public PassState {
        unknown = ImmutableCopies.of(unknown);
    }

    @Override
    public StateType type() {
        return StateType.PASS;
    }

    @Override
    public List<String> successors() {
        return transition.successors();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Builds a [PassState].
    public static final class Builder extends FlowBuilder<Builder> {
        private @Nullable Literal result;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        public Builder result(@Nullable Literal result) {
            this.result = result;
            return this;
        }

        public PassState build() {
            return new PassState(comment, queryLanguage, result, data(), transition, unknown);
        }
    }
}
