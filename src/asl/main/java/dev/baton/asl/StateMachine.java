package dev.baton.asl;

import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A state machine: the whole of a definition.
///
/// @param queryLanguage null when absent, which means JSONPath
/// @param timeoutSeconds of an execution; null when absent
public record StateMachine(
        @Nullable String comment,
        @Nullable QueryLanguage queryLanguage,
        @Nullable String version,
        @Nullable Number timeoutSeconds,
        String startAt,
        SequencedMap<String, State> states,
        SequencedMap<String, @Nullable Object> unknown)
        implements StateGraph {

    public StateMachine {
        states = ImmutableCopies.of(states);
        unknown = ImmutableCopies.of(unknown);
    }

    /// The definition as text: two blanks a level, known fields in one order, a final line break; equal machines give
    /// equal bytes.
    public String toJson() {
        return Json.pretty(AslPrinter.json(this));
    }

    public static Builder builder(String startAt) {
        return new Builder(startAt);
    }

    /// Builds a [StateMachine].
    public static final class Builder {
        private final String startAt;
        private @Nullable String comment;
        private @Nullable QueryLanguage queryLanguage;
        private @Nullable String version;
        private @Nullable Number timeoutSeconds;
        private final SequencedMap<String, State> states = new LinkedHashMap<>();
        private final SequencedMap<String, @Nullable Object> unknown = new LinkedHashMap<>();

        private Builder(String startAt) {
            this.startAt = startAt;
        }

        public Builder comment(@Nullable String comment) {
            this.comment = comment;
            return this;
        }

        public Builder queryLanguage(@Nullable QueryLanguage queryLanguage) {
            this.queryLanguage = queryLanguage;
            return this;
        }

        public Builder version(@Nullable String version) {
            this.version = version;
            return this;
        }

        public Builder timeoutSeconds(@Nullable Number timeoutSeconds) {
            this.timeoutSeconds = timeoutSeconds;
            return this;
        }

        /// Adds a state after those added before.
        public Builder state(String name, State state) {
            states.put(name, state);
            return this;
        }

        public Builder states(Map<String, State> added) {
            states.putAll(added);
            return this;
        }

        /// Fields that the language does not know.
        public Builder unknown(Map<String, @Nullable Object> fields) {
            unknown.putAll(fields);
            return this;
        }

        public StateMachine build() {
            return new StateMachine(comment, queryLanguage, version, timeoutSeconds, startAt, states, unknown);
        }
    }
}
