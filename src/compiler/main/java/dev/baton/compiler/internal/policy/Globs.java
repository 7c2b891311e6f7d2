package dev.baton.compiler.internal.policy;

/// Patterns as IAM has them for resources: `*` is anything, `?` one character.
public final class Globs {
    private Globs() {}

    /// Whether a key that a pattern is meant for, in which a star stands for anything but a slash, also fits another
    /// pattern as IAM reads it, where a star crosses slashes.
    public static boolean covers(String one, String other) {
        // reach[j]: the part of `one` so far and the first j characters of `other` can fit one text.
        var reach = new boolean[other.length() + 1];
        reach[0] = true;
        skipStars(reach, other);
        for (var i = 0; i < one.length(); i++) {
            var c = one.charAt(i);
            var next = new boolean[reach.length];
            for (var j = 0; j < reach.length; j++) {
                if (c == '*') {
                    next[j] = reach[j] || (j > 0 && next[j - 1]);
                } else {
                    next[j] = (j > 0 && reach[j - 1] && fit(c, other.charAt(j - 1)))
                            || (j > 0 && other.charAt(j - 1) == '*' && c != '/' && reach[j]);
                }
            }
            skipStars(next, other);
            reach = next;
        }
        return reach[other.length()];
    }

    /// A star may be nothing at all.
    private static void skipStars(boolean[] reach, String pattern) {
        for (var j = 1; j < reach.length; j++) {
            reach[j] |= reach[j - 1] && pattern.charAt(j - 1) == '*';
        }
    }

    private static boolean fit(char one, char other) {
        return one == other || one == '?' || other == '?';
    }
}
