package dev.baton.diagnostic.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/// One of the six fields of a cron expression: its bounds, both inclusive, and the names that stand for numbers.
enum CronField {
    MINUTES("minutes", 0, 59, List.of()),
    HOURS("hours", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH(
            "month",
            1,
            12,
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    /// Sunday is 1.
    DAY_OF_WEEK("day of week", 1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")),
    YEAR("year", 1970, 2199, List.of());

    private final String word;
    private final int least;
    private final int most;
    private final List<String> names;

    CronField(String word, int least, int most, List<String> names) {
        this.word = word;
        this.least = least;
        this.most = most;
        this.names = names;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    /// The numbers of a text with `,`, `-`, `*` and `/`.
    BitSet numbers(String text) {
        var numbers = new BitSet();
        for (var part : text.split(",", -1)) {
            var step = part.split("/", -1);
            if (step.length > 2) {
                throw refused(text, "has two steps in \"" + part + "\"");
            }
            var ends = step[0].equals("*") ? new String[] {} : step[0].split("-", -1);
            if (ends.length > 2) {
                throw refused(text, "has a range with three ends, \"" + step[0] + "\"");
            }
            var first = ends.length == 0 ? least : number(text, ends[0]);
            var last = ends.length == 2 ? number(text, ends[1]) : step.length == 2 || ends.length == 0 ? most : first;
            if (first > last) {
                throw refused(text, "has a range that runs backwards, \"" + step[0] + "\"");
            }
            numbers(numbers, first, last, step.length == 2 ? step(text, step[1]) : 1);
        }
        return numbers;
    }

    private static void numbers(BitSet numbers, int first, int last, int step) {
        for (var number = first; number <= last; number += step) {
            numbers.set(number);
        }
    }

    private int step(String text, String step) {
        if (!step.matches("[0-9]{1,4}") || Integer.parseInt(step) == 0) {
            throw refused(text, "has the step \"" + step + "\", which is not a number from 1");
        }
        return Integer.parseInt(step);
    }

    /// A number, or the name of one.
    int number(String text, String value) {
        var name = names.indexOf(value.toUpperCase(Locale.ROOT));
        if (name >= 0) {
            return least + name;
        }
        if (!value.matches("[0-9]{1,4}")) {
            throw refused(text, "has \"" + value + "\", which is not a number from " + least + " to " + most + named());
        }
        var number = Integer.parseInt(value);
        if (number < least || number > most) {
            throw refused(text, "has " + number + ", which is not from " + least + " to " + most);
        }
        return number;
    }

    private String named() {
        return names.isEmpty() ? "" : ", nor one of " + String.join(" ", names);
    }

    ScheduleProblem refused(String text, String problem) {
        return new ScheduleProblem("the field " + word + ", \"" + text + "\", " + problem);
    }
}
