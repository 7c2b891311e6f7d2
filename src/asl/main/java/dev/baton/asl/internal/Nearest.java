package dev.baton.asl.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The name that was probably meant by a misspelt one.
final class Nearest {
    private static final int MAX_NAMES = 50;
    private static final int MAX_LENGTH = 40;

    private Nearest() {}

    /// The name that differs by one or two letters; nothing where there is none, or too many names to compare with.
    static Optional<String> to(String misspelt, Collection<String> names) {
        return to(misspelt, names, MAX_NAMES);
    }

    /// @param most names to compare with
    static Optional<String> to(String misspelt, Collection<String> names, int most) {
        if (names.size() > most || misspelt.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return names.stream()
                .filter(name -> Math.abs(name.length() - misspelt.length()) <= 2 && name.length() <= MAX_LENGTH)
                .filter(name -> distance(misspelt, name) <= Math.min(2, (name.length() - 1) / 2))
                .min(Comparator.comparingInt(name -> distance(misspelt, name)));
    }

    /// How many letters have to be put in, taken out or changed.
    private static int distance(String one, String other) {
        var before = new int[other.length() + 1];
        for (var j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var row = new int[other.length() + 1];
            row[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
