package dev.baton.lambda.generated;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Locale;

/// The type of a component of a generated record.
public enum Kind {
    DAY("LocalDate", "day"),
    MONTH("YearMonth", "month"),
    YEAR("Year", "year"),
    NUMBER("int", "n"),
    HUE("Hue", "hue");

    private final String java;
    private final String noun;

    Kind(String java, String noun) {
        this.java = java;
        this.noun = noun;
    }

    /// Its type in Java.
    public String java() {
        return java;
    }

    /// What a component of it is called.
    public String noun() {
        return noun;
    }

    public boolean calendar() {
        return this == DAY || this == MONTH || this == YEAR;
    }

    /// A value as it stands in keys and in the input of executions.
    public static String print(Object value) {
        return switch (value) {
            case Hue hue -> hue.name().toLowerCase(Locale.ROOT).replace('_', '-');
            default -> value.toString();
        };
    }

    /// A value as an expression in Java.
    static String literal(Object value) {
        return switch (value) {
            case LocalDate day -> "LocalDate.parse(\"" + day + "\")";
            case YearMonth month -> "YearMonth.parse(\"" + month + "\")";
            case Year year -> "Year.of(" + year.getValue() + ")";
            case Hue hue -> "Hue." + hue.name();
            default -> value.toString();
        };
    }
}
