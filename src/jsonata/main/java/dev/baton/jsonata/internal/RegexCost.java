package dev.baton.jsonata.internal;

/// The number of steps that a regular expression takes at least where it matches, as its counted repetitions demand: 12
/// for `(\d{4}){3}`.
final class RegexCost {
    private static final long MOST = Integer.MAX_VALUE;

    private final String regex;
    private int at;

    private RegexCost(String regex) {
        this.regex = regex;
    }

    /// @return not more than a fixed number that no expression needs
    static long of(String regex) {
        var cost = new RegexCost(regex);
        var total = 0L;
        while (cost.at < regex.length()) {
            total = Math.min(MOST, total + cost.sequence());
            // A bracket that closes nothing.
            cost.at++;
        }
        return total;
    }

    /// Up to the bracket that closes it, or the end.
    private long sequence() {
        var total = 0L;
        while (at < regex.length() && regex.charAt(at) != ')') {
            var atom = atom();
            total = Math.min(MOST, total + atom * repetition());
        }
        return total;
    }

    private long atom() {
        switch (regex.charAt(at++)) {
            case '\\' -> at++;
            case '[' -> skipClass();
            case '(' -> {
                var inside = sequence();
                at++;
                return Math.max(1, inside);
            }
            default -> {
                return 1;
            }
        }
        return 1;
    }

    private void skipClass() {
        var depth = 1;
        while (at < regex.length() && depth > 0) {
            var c = regex.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            }
        }
    }

    /// The least number of a `{4}` or `{4,}` that follows; 1 where there is none.
    private long repetition() {
        if (at >= regex.length() || regex.charAt(at) != '{') {
            return 1;
        }
        var number = 0L;
        var start = at + 1;
        var end = start;
        while (end < regex.length() && regex.charAt(end) >= '0' && regex.charAt(end) <= '9') {
            number = Math.min(MOST, number * 10 + regex.charAt(end++) - '0');
        }
        if (end == start) {
            return 1;
        }
        at = end;
        return Math.max(1, number);
    }
}
