package dev.baton.asl.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The filter of a path: `[?(…)]`.
public sealed interface Filter {

    record And(List<Filter> filters) implements Filter {
        public And {
            filters = List.copyOf(filters);
        }
    }

    record Or(List<Filter> filters) implements Filter {
        public Or {
            filters = List.copyOf(filters);
        }
    }

    record Not(Filter filter) implements Filter {}

    /// `@.a`: the path leads to something.
    record Exists(JsonPath path) implements Filter {}

    /// `@.a == 1`.
    record Compare(Term left, Operator operator, Term right) implements Filter {}

    /// The comparisons of two terms.
    enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// One side of a comparison.
    sealed interface Term {
        /// The value that a path leads to; its root is [JsonPath.Root.Current] or [JsonPath.Root.Input].
        record At(JsonPath path) implements Term {}

        /// A string, number, boolean or null.
        record Value(@Nullable Object value) implements Term {}
    }
}
