package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state that ends its graph with an error.
///
/// @param error `Error` or `ErrorPath`; null when absent. The path may be an intrinsic function
/// @param cause `Cause` or `CausePath`; null when absent. The path may be an intrinsic function
public record FailState(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        @Nullable Operand<String> error,
        @Nullable Operand<String> cause,
        DataFlow data,
        SequencedMap<String, @Nullable Object> unknown)
        implements State {

    public FailState {
        unknown = ImmutableCopies.of(unknown);
    }

    @Override
    public StateType type() {
        return StateType.FAIL;
    }

    @Override
    public List<String> successors() {
        return List.of();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Builds a [FailState].
    public static final class Builder extends StateBuilder<Builder> {
        private @Nullable Operand<String> error;
        private @Nullable Operand<String> cause;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        public Builder error(@Nullable Operand<String> error) {
            this.error = error;
            return this;
        }

        public Builder cause(@Nullable Operand<String> cause) {
            this.cause = cause;
            return this;
        }

        public FailState build() {
            return new FailState(comment, queryLanguage, error, cause, data(), unknown);
        }
    }
}
