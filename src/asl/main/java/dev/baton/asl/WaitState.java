package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state that waits for a number of seconds or until an instant.
public record WaitState(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        Until until,
        DataFlow data,
        Transition transition,
        SequencedMap<String, @Nullable Object> unknown)
        implements State {

    public WaitState {
        unknown = ImmutableCopies.of(unknown);
    }

    /// The end of a Wait state.
    public sealed interface Until {
        /// `Seconds` or `SecondsPath`: after so many seconds, 0 to 99,999,999.
        record Seconds(Operand<Number> seconds) implements Until {}

        /// `Timestamp` or `TimestampPath`: at an instant of RFC 3339 with `T` and `Z`.
        record Timestamp(Operand<String> timestamp) implements Until {}
    }

    @Override
    public StateType type() {
        return StateType.WAIT;
    }

    @Override
    public List<String> successors() {
        return transition.successors();
    }

    public static Builder builder(Until until) {
        return new Builder(until);
    }

    /// Builds a [WaitState].
    public static final class Builder extends FlowBuilder<Builder> {
        private final Until until;

        private Builder(Until until) {
            this.until = until;
        }

        @Override
        Builder self() {
            return this;
        }

        public WaitState build() {
            return new WaitState(comment, queryLanguage, until, data(), transition, unknown);
        }
    }
}
