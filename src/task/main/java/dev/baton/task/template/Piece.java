package dev.baton.task.template;

import java.util.Optional;

/// A piece of a template.
sealed interface Piece {

    /// Text that stands for itself.
    record Text(String text) implements Piece {}

    /// A component's value, or a part of it.
    ///
    /// @param component counted from 0
    /// @param part the part, if it is not the whole value
    record Value(int component, Optional<DatePart> part) implements Piece {}
}
