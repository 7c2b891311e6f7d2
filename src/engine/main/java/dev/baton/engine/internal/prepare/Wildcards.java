package dev.baton.engine.internal.prepare;

/// A pattern of `StringMatches`: `*` stands for any characters, `\*` for an asterisk, `\\` for a backslash. Matches in
/// time linear in pattern times text, whatever the pattern.
final class Wildcards {
    private static final char ANY = '\uFFFF';

    private final char[] pattern;

    Wildcards(String text) {
        var chars = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                chars.append(text.charAt(++i));
            } else {
                chars.append(c == '*' ? ANY : c);
            }
        }
        this.pattern = chars.toString().toCharArray();
    }

    boolean match(String text) {
        var at = 0;
        var star = -1;
        var resume = 0;
        var i = 0;
        while (i < text.length()) {
            if (at < pattern.length && pattern[at] == ANY) {
                star = at++;
                resume = i;
            } else if (at < pattern.length && pattern[at] == text.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length && pattern[at] == ANY) {
            at++;
        }
        return at == pattern.length;
    }
}
