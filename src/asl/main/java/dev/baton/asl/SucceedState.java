package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state that ends its graph with success.
public record SucceedState(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        DataFlow data,
        SequencedMap<String, @Nullable Object> unknown)
        implements State {

    public SucceedState {
        unknown = ImmutableCopies.of(unknown);
    }

    @Override
    public StateType type() {
        return StateType.SUCCEED;
    }

    @Override
    public List<String> successors() {
        return List.of();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Builds a [SucceedState].
    public static final class Builder extends StateBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        public SucceedState build() {
            return new SucceedState(comment, queryLanguage, data(), unknown);
        }
    }
}
