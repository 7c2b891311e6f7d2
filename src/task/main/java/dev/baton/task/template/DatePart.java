package dev.baton.task.template;

import dev.baton.task.parameter.CalendarType;
import java.util.Arrays;
import java.util.Optional;

/// A part of a date's printed value, `2012-07-31`.
enum DatePart {
    YEAR("yyyy", 0, 4),
    MONTH("MM", 5, 7),
    DAY("dd", 8, 10);

    private final String letters;
    private final int begin;
    private final int end;

    DatePart(String letters, int begin, int end) {
        this.letters = letters;
        this.begin = begin;
        this.end = end;
    }

    String letters() {
        return letters;
    }

    int width() {
        return end - begin;
    }

    /// Where the part begins in the printed date.
    int begin() {
        return begin;
    }

    /// The part of a printed date.
    String of(String date) {
        return date.substring(begin, end);
    }

    /// Whether a date of this type has the part.
    boolean in(CalendarType type) {
        return end <= type.width().orElseThrow();
    }

    static Optional<DatePart> at(String format, int position) {
        return Arrays.stream(values())
                .filter(part -> format.startsWith(part.letters, position))
                .findFirst();
    }
}
