package dev.baton.run;

import dev.baton.task.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The type of a column, as its values have it.
public enum ColumnType {
    /// There is no value.
    EMPTY,
    INTEGER,
    NUMBER,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    TEXT,
    LIST,
    OBJECT,
    BINARY,
    /// Values of several types that JSON tells apart.
    MIXED;

    /// In lower case, as records and expectations have it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ColumnType> named(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    static ColumnType of(String word) {
        return named(word)
                .orElseThrow(() -> new InvalidInput("\"type\" of a column must be one of " + Arrays.toString(values())
                        + " in lower case, but was \"" + word + "\""));
    }

    /// Whether every value of this type is also one of another.
    ///
    /// @param isTyped whether the format tells types apart, as CSV does not: there, all is text
    public boolean isA(ColumnType other, boolean isTyped) {
        return switch (other) {
                    case NUMBER -> this == INTEGER || this == NUMBER;
                    case TIMESTAMP -> this == DATE || this == TIMESTAMP;
                    case TEXT -> !isTyped || this == TEXT || this == DATE || this == TIMESTAMP;
                    default -> this == other;
                }
                || this == EMPTY;
    }
}
