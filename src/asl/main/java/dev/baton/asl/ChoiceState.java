package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A state that goes where the first rule whose condition holds points, else to the default.
///
/// @param choices in the order in which they are tried
/// @param defaultState `Default`; null when absent: then no match fails the execution
/// @param data here `assign` and `output` count only when the default is taken; each rule has its own
public record ChoiceState(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        List<ChoiceRule> choices,
        @Nullable String defaultState,
        DataFlow data,
        SequencedMap<String, @Nullable Object> unknown)
        implements State {

    public ChoiceState {
        choices = List.copyOf(choices);
        unknown = ImmutableCopies.of(unknown);
    }

    @Override
    public StateType type() {
        return StateType.CHOICE;
    }

    @Override
    public List<String> successors() {
        return Stream.concat(choices.stream().map(ChoiceRule::next), Stream.ofNullable(defaultState))
                .toList();
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Builds a [ChoiceState].
    public static final class Builder extends StateBuilder<Builder> {
        private List<ChoiceRule> choices = List.of();
        private @Nullable String defaultState;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        public Builder choices(List<ChoiceRule> choices) {
            this.choices = List.copyOf(choices);
            return this;
        }

        public Builder defaultState(@Nullable String defaultState) {
            this.defaultState = defaultState;
            return this;
        }

        public ChoiceState build() {
            return new ChoiceState(comment, queryLanguage, choices, defaultState, data(), unknown);
        }
    }
}
