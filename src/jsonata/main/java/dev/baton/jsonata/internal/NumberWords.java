package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.utils.DateTimeUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers in words that are beyond a [Long]: `ten billion trillion trillion trillion`.
final class NumberWords {
    private static final double TRILLION = 1e12;

    private static final Map<String, Double> MAGNITUDES =
            Map.of("hundred", 1e2, "thousand", 1e3, "million", 1e6, "billion", 1e9, "trillion", TRILLION);

    private NumberWords() {}

    /// @param value not negative
    static String of(double value, boolean ordinal) {
        if (value < TRILLION) {
            return DateTimeUtils.formatInteger((long) value, ordinal ? "w;o" : "w");
        }
        var trillions = Math.floor(value / TRILLION);
        var rest = value - trillions * TRILLION;
        var words = of(trillions, false) + " trillion";
        if (rest <= 0) {
            return ordinal ? words + "th" : words;
        }
        return words + (rest < 100 ? " and " : ", ") + of(rest, ordinal);
    }

    /// The number that words stand for; null where one of them is not a number.
    static @Nullable Double parse(String words) {
        List<Double> segments = new ArrayList<>(List.of(0.0));
        for (var word : words.toLowerCase(Locale.ROOT).split(",\\s|\\sand\\s|[\\s\\-]", -1)) {
            var magnitude = magnitude(word);
            if (magnitude != null) {
                segments.add(segments.removeLast() * magnitude.value());
                if (magnitude.ordinal()) {
                    break;
                }
                continue;
            }
            var value = small(word);
            if (value == null) {
                return null;
            }
            var top = segments.removeLast();
            if (top >= 1000) {
                segments.add(top);
                top = 0.0;
            }
            segments.add(top + value);
        }
        return segments.stream().mapToDouble(Double::doubleValue).sum();
    }

    private record Magnitude(double value, boolean ordinal) {}

    private static @Nullable Magnitude magnitude(String word) {
        var ordinal = word.endsWith("th") && MAGNITUDES.containsKey(word.substring(0, word.length() - 2));
        var value = MAGNITUDES.get(ordinal ? word.substring(0, word.length() - 2) : word);
        return value == null ? null : new Magnitude(value, ordinal);
    }

    private static @Nullable Double small(String word) {
        try {
            return (double) DateTimeUtils.wordsToLong(word);
        } catch (RuntimeException e) {
            // It looks the word up in a map and unboxes what it finds.
            return null;
        }
    }
}
