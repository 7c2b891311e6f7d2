package dev.baton.cli.access;

import dev.baton.name.Arn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A pattern of a policy: `*` is anything, `?` one character, `${*}`, `${?}` and `${$}` those characters themselves.
/// What else stands in `${…}`, a variable or a placeholder, is a text of its own that equals only itself.
///
/// @param text as the policy has it
/// @param parts one character each, or a whole variable; [#ANY] and [#ONE] for the wildcards
record Wildcard(String text, List<String> parts) {
    private static final String ANY = "<any>";
    private static final String ONE = "<one>";

    /// A pattern whose case counts.
    static Wildcard of(String text) {
        var parts = new ArrayList<String>();
        for (var i = 0; i < text.length(); i++) {
            var end = text.startsWith("${", i) ? text.indexOf('}', i) : -1;
            if (end > 0) {
                var inside = text.substring(i + 2, end);
                parts.add(inside.length() == 1 && "*?$".contains(inside) ? inside : text.substring(i, end + 1));
                i = end;
            } else {
                switch (text.charAt(i)) {
                    case '*' -> {
                        if (parts.isEmpty() || !parts.getLast().equals(ANY)) {
                            parts.add(ANY);
                        }
                    }
                    case '?' -> {
                        // `*?` and `?*` say the same; one order makes them comparable.
                        var at = parts.size();
                        if (at > 0 && parts.getLast().equals(ANY)) {
                            at--;
                        }
                        parts.add(at, ONE);
                    }
                    default -> parts.add(text.substring(i, i + 1));
                }
            }
        }
        return new Wildcard(text, List.copyOf(parts));
    }

    /// A pattern whose case does not count, such as an action's.
    static Wildcard folded(String text) {
        return new Wildcard(text, of(text.toLowerCase(Locale.ROOT)).parts());
    }

    /// A text in which nothing is a wildcard.
    static Wildcard literal(String text) {
        return new Wildcard(text, text.chars().mapToObj(Character::toString).toList());
    }

    boolean isEverything() {
        return parts.equals(List.of(ANY));
    }

    /// Whether everything that fits the other pattern fits this one. Where it cannot be told, it is not so.
    boolean covers(Wildcard other) {
        var mine = Arn.find(text);
        var theirs = Arn.find(other.text);
        // The wildcards of an ARN stay within its parts.
        return mine != null && theirs != null
                ? covers(mine.partition(), theirs.partition())
                        && covers(mine.service(), theirs.service())
                        && covers(mine.region(), theirs.region())
                        && covers(mine.account(), theirs.account())
                        && covers(mine.resource(), theirs.resource())
                : coversText(other);
    }

    private static boolean covers(String one, String other) {
        return of(one).coversText(of(other));
    }

    private boolean coversText(Wildcard other) {
        var wanted = other.parts;
        var reach = new boolean[wanted.size() + 1];
        reach[0] = true;
        for (var part : parts) {
            var next = new boolean[reach.length];
            for (var j = 0; j < reach.length; j++) {
                next[j] = switch (part) {
                    // Takes up nothing, or one part more, whatever it is.
                    case ANY -> reach[j] || (j > 0 && next[j - 1]);
                    case ONE -> j > 0 && reach[j - 1] && isOne(wanted.get(j - 1));
                    default -> j > 0 && reach[j - 1] && part.equals(wanted.get(j - 1));
                };
            }
            reach = next;
        }
        return reach[wanted.size()];
    }

    /// A variable may be of any length.
    private static boolean isOne(String part) {
        return !part.equals(ANY) && !part.startsWith("${");
    }

    /// Whether something fits both. Where it cannot be told, it may.
    boolean mayMeet(Wildcard other) {
        var one = parts;
        var two = other.parts;
        var reach = new boolean[one.size() + 1][two.size() + 1];
        for (var i = 0; i <= one.size(); i++) {
            for (var j = 0; j <= two.size(); j++) {
                var a = i == 0 ? "" : one.get(i - 1);
                var b = j == 0 ? "" : two.get(j - 1);
                reach[i][j] = (i == 0 && j == 0)
                        || (i > 0 && reach[i - 1][j] && isLoose(a))
                        || (j > 0 && reach[i][j - 1] && isLoose(b))
                        || (i > 0 && j > 0 && reach[i - 1][j - 1] && (a.equals(ONE) || b.equals(ONE) || a.equals(b)));
                if (!reach[i][j] && i > 0 && j > 0) {
                    reach[i][j] = (isLoose(a) && reach[i][j - 1]) || (isLoose(b) && reach[i - 1][j]);
                }
            }
        }
        return reach[one.size()][two.size()];
    }

    private static boolean isLoose(String part) {
        return part.equals(ANY) || part.startsWith("${");
    }

    @Override
    public String toString() {
        return text;
    }
}
