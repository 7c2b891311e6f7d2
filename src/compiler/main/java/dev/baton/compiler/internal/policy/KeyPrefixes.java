package dev.baton.compiler.internal.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The common prefixes of key patterns: what many patterns of keys begin with, where few have to stand for them.
public final class KeyPrefixes {
    private KeyPrefixes() {}

    /// The folders that patterns lie in, but for what would cover what is to be spared: of that the pattern itself
    /// stays.
    public static SortedSet<String> folders(Collection<String> patterns, Collection<String> spared) {
        var folders = new TreeSet<String>();
        for (var pattern : patterns) {
            var folder =
                    pattern.substring(0, pattern.substring(0, literal(pattern)).lastIndexOf('/') + 1);
            folders.add(folder.isEmpty() || covers(folder + "*", spared) ? pattern : folder + "*");
        }
        return folders;
    }

    /// At most so many patterns that cover the given ones: those that have most in common become one. More than so many
    /// are left where nothing is common any more, or what would be covers what is to be spared.
    ///
    /// @param spared patterns of keys that none of them may newly cover
    public static SortedSet<String> atMost(int most, Collection<String> patterns, Collection<String> spared) {
        var left = new ArrayList<>(uncovered(new TreeSet<>(patterns)));
        while (left.size() > most) {
            // What has most in common stands side by side when it is sorted.
            var best = -1;
            var longest = 0;
            for (var i = 0; i + 1 < left.size(); i++) {
                var common = common(left.get(i), left.get(i + 1));
                if (common > longest && !covers(left.get(i).substring(0, common) + "*", spared)) {
                    best = i;
                    longest = common;
                }
            }
            if (best < 0) {
                break;
            }
            var begin = left.get(best).substring(0, longest) + "*";
            left.removeIf(pattern -> Globs.covers(begin, pattern));
            left.add(begin);
            left.sort(null);
        }
        return new TreeSet<>(left);
    }

    private static boolean covers(String pattern, Collection<String> others) {
        return others.stream().anyMatch(other -> Globs.covers(pattern, other));
    }

    /// Without those that another one covers.
    private static List<String> uncovered(SortedSet<String> patterns) {
        var left = new ArrayList<String>();
        for (var pattern : patterns) {
            if (patterns.stream()
                    .noneMatch(other -> !other.equals(pattern)
                            && other.endsWith("*")
                            && literal(other) == other.length() - 1
                            && Globs.covers(other, pattern))) {
                left.add(pattern);
            }
        }
        return left;
    }

    /// The number of characters that two patterns begin with alike, before any wildcard.
    private static int common(String one, String other) {
        var most = Math.min(literal(one), literal(other));
        var common = 0;
        while (common < most && one.charAt(common) == other.charAt(common)) {
            common++;
        }
        return common;
    }

    /// The number of characters before the first wildcard.
    public static int literal(String pattern) {
        for (var i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '*' || pattern.charAt(i) == '?') {
                return i;
            }
        }
        return pattern.length();
    }
}
