package dev.baton.name;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The name that was probably meant by a misspelt one.
public final class NearestName {
    private static final int MAX_NAMES = 50;
    private static final int MAX_LENGTH = 40;

    private NearestName() {}

    /// The name that differs by one or two letters; nothing where there is none, or too many names to compare with.
    public static Optional<String> to(String misspelt, Collection<String> names) {
        return to(misspelt, names, MAX_NAMES);
    }

    /// @param most names to compare with
    public static Optional<String> to(String misspelt, Collection<String> names, int most) {
        if (names.size() > most || misspelt.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return names.stream()
                .filter(name -> Math.abs(name.length() - misspelt.length()) <= 2 && name.length() <= MAX_LENGTH)
                .filter(name -> distance(misspelt, name) <= Math.min(2, (name.length() - 1) / 2))
                .min(Comparator.comparingInt(name -> distance(misspelt, name)));
    }

    /// The edit distance: how many letters have to be put in, taken out or changed.
    public static int distance(String one, String other) {
        var row = new int[other.length() + 1];
        for (var j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j < row.length; j++) {
                var above = row[j];
                var changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
