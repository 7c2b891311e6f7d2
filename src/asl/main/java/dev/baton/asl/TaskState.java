package dev.baton.asl;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state that has something else do work.
///
/// @param resource `Resource`: an ARN, in which `${…}` may stand for what is known at deployment
/// @param credentials null when absent
/// @param timeout `TimeoutSeconds` or `TimeoutSecondsPath`; null when absent
/// @param heartbeat `HeartbeatSeconds` or `HeartbeatSecondsPath`; null when absent
public record TaskState(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        String resource,
        @Nullable Credentials credentials,
        @Nullable Operand<Number> timeout,
        @Nullable Operand<Number> heartbeat,
        DataFlow data,
        List<Retrier> retry,
        List<Catcher> catchers,
        Transition transition,
        SequencedMap<String, @Nullable Object> unknown)
        implements State {

    public TaskState {
        retry = List.copyOf(retry);
        catchers = List.copyOf(catchers);
        unknown = ImmutableCopies.of(unknown);
    }

    @Override
    public StateType type() {
        return StateType.TASK;
    }

    @Override
    public List<String> successors() {
        return transition.successors();
    }

    public static Builder builder(String resource) {
        return new Builder(resource);
    }

    /// Builds a [TaskState].
    public static final class Builder extends RetryingStateBuilder<Builder> {
        private final String resource;
        private @Nullable Credentials credentials;
        private @Nullable Operand<Number> timeout;
        private @Nullable Operand<Number> heartbeat;

        private Builder(String resource) {
            this.resource = resource;
        }

        @Override
        Builder self() {
            return this;
        }

        public Builder credentials(@Nullable Credentials credentials) {
            this.credentials = credentials;
            return this;
        }

        public Builder timeout(@Nullable Operand<Number> timeout) {
            this.timeout = timeout;
            return this;
        }

        public Builder timeoutSeconds(long seconds) {
            return timeout(Operand.of(seconds));
        }

        public Builder heartbeat(@Nullable Operand<Number> heartbeat) {
            this.heartbeat = heartbeat;
            return this;
        }

        public Builder heartbeatSeconds(long seconds) {
            return heartbeat(Operand.of(seconds));
        }

        public TaskState build() {
            return new TaskState(
                    comment,
                    queryLanguage,
                    resource,
                    credentials,
                    timeout,
                    heartbeat,
                    data(),
                    retry,
                    catchers,
                    transition,
                    unknown);
        }
    }
}
