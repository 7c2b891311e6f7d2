package dev.baton.task.template;

import java.util.Optional;
import java.util.function.Function;

/// A piece of a template.
sealed interface Piece {

    /// The piece of a key.
    ///
    /// @param print prints a component's value, or the part of it that is meant
    String in(Function<Value, String> print);

    /// Text that stands for itself.
    record Text(String text) implements Piece {
        @Override
        public String in(Function<Value, String> print) {
            return text;
        }
    }

    /// A component's value, or a part of it.
    ///
    /// @param component counted from 0
    /// @param part the part, if it is not the whole value
    record Value(int component, Optional<DatePart> part) implements Piece {
        @Override
        public String in(Function<Value, String> print) {
            return print.apply(this);
        }
    }
}
