package dev.baton.local.logs.pattern;

/// The reading of a pattern's text, character by character.
final class PatternScanner {
    /// Stands for the end of the text.
    static final char END = '\0';

    private final String text;
    private int at;

    PatternScanner(String text) {
        this.text = text.replace(END, ' ');
    }

    /// The next character that is no space.
    char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return here();
    }

    /// The next character, be it a space.
    char here() {
        return at < text.length() ? text.charAt(at) : END;
    }

    char next() {
        var here = here();
        at++;
        return here;
    }

    /// Goes on behind a text, where it comes next.
    boolean take(String expected) {
        peek();
        var is = text.startsWith(expected, at);
        at += is ? expected.length() : 0;
        return is;
    }

    /// Goes on behind a word, in whatever case, where it comes next and ends there.
    boolean takeWord(String word) {
        peek();
        int end = at + word.length();
        var is = text.regionMatches(true, at, word, 0, word.length())
                && (end >= text.length() || !Character.isLetterOrDigit(text.charAt(end)));
        at += is ? word.length() : 0;
        return is;
    }

    void require(String expected) {
        if (!take(expected)) {
            throw invalid();
        }
    }

    void requireEnd() {
        if (peek() != END) {
            throw invalid();
        }
    }

    /// What stands between quotes, where `\"` and `\\` are what they mean.
    String quoted() {
        var quoted = new StringBuilder();
        at++;
        while (true) {
            var letter = next();
            switch (letter) {
                case END -> throw invalid();
                case '"' -> {
                    return quoted.toString();
                }
                case '\\' -> {
                    var escaped = next();
                    if (escaped == '"' || escaped == '\\') {
                        quoted.append(escaped);
                    } else {
                        quoted.append('\\').append(escaped);
                    }
                }
                default -> quoted.append(letter);
            }
        }
    }

    /// What stands between percent signs: a regular expression.
    RegexTerm regex() {
        at++;
        int end = text.indexOf('%', at);
        if (end < 0) {
            throw invalid();
        }
        var regex = RegexTerm.of(text.substring(at, end));
        at = end + 1;
        return regex;
    }

    InvalidFilterPattern invalid() {
        return new InvalidFilterPattern("Invalid filter pattern");
    }
}
