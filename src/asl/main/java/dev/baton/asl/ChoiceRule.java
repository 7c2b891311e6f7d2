package dev.baton.asl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A condition of a Choice state with where to go when it holds.
///
/// @param assign variables to assign when the rule is taken; null when absent
/// @param output JSONata: the state's output when the rule is taken; null when absent
public record ChoiceRule(
        Condition condition,
        String next,
        @Nullable PayloadTemplate assign,
        @Nullable PayloadTemplate output,
        @Nullable String comment,
        SequencedMap<String, @Nullable Object> unknown) {

    public ChoiceRule {
        unknown = ImmutableCopies.of(unknown);
    }

    public static ChoiceRule of(Condition condition, String next) {
        return builder(condition, next).build();
    }

    public static Builder builder(Condition condition, String next) {
        return new Builder(condition, next);
    }

    /// Builds a [ChoiceRule].
    public static final class Builder {
        private final Condition condition;
        private final String next;
        private @Nullable PayloadTemplate assign;
        private @Nullable PayloadTemplate output;
        private @Nullable String comment;
        private final SequencedMap<String, @Nullable Object> unknown = new LinkedHashMap<>();

        private Builder(Condition condition, String next) {
            this.condition = condition;
            this.next = next;
        }

        public Builder assign(@Nullable PayloadTemplate assign) {
            this.assign = assign;
            return this;
        }

        public Builder output(@Nullable PayloadTemplate output) {
            this.output = output;
            return this;
        }

        public Builder comment(@Nullable String comment) {
            this.comment = comment;
            return this;
        }

        /// Fields that the language does not know.
        public Builder unknown(Map<String, @Nullable Object> fields) {
            unknown.putAll(fields);
            return this;
        }

        public ChoiceRule build() {
            return new ChoiceRule(condition, next, assign, output, comment, unknown);
        }
    }
}
