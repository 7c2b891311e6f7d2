package dev.baton.asl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A catcher, an element of a state's `Catch`: where to go after which errors.
///
/// @param errorEquals error names, never none
/// @param resultPath JSONPath: where the error output goes; null when absent
/// @param output JSONata: the output with which to go on; null when absent
/// @param assign null when absent
public record Catcher(
        List<String> errorEquals,
        String next,
        @Nullable PathField resultPath,
        @Nullable PayloadTemplate output,
        @Nullable PayloadTemplate assign,
        @Nullable String comment,
        SequencedMap<String, @Nullable Object> unknown) {

    public Catcher {
        errorEquals = List.copyOf(errorEquals);
        unknown = ImmutableCopies.of(unknown);
    }

    public static Builder builder(List<String> errorEquals, String next) {
        return new Builder(errorEquals, next);
    }

    /// Builds a [Catcher].
    public static final class Builder {
        private final List<String> errorEquals;
        private final String next;
        private @Nullable PathField resultPath;
        private @Nullable PayloadTemplate output;
        private @Nullable PayloadTemplate assign;
        private @Nullable String comment;
        private final SequencedMap<String, @Nullable Object> unknown = new LinkedHashMap<>();

        private Builder(List<String> errorEquals, String next) {
            this.errorEquals = List.copyOf(errorEquals);
            this.next = next;
        }

        public Builder resultPath(@Nullable PathField resultPath) {
            this.resultPath = resultPath;
            return this;
        }

        public Builder output(@Nullable PayloadTemplate output) {
            this.output = output;
            return this;
        }

        public Builder assign(@Nullable PayloadTemplate assign) {
            this.assign = assign;
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

        public Catcher build() {
            return new Catcher(errorEquals, next, resultPath, output, assign, comment, unknown);
        }
    }
}
