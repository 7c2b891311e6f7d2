package dev.baton.policy;

/// The tokens of a text in Cedar, as far as it takes to find where policies end and how deep brackets are: strings are
/// one token each, comments none, and every other visible character is one.
final class CedarTokens {
    private final String text;
    private int start;
    private int end;

    CedarTokens(String text) {
        this.text = text;
    }

    /// Goes to the next token, if there is one.
    boolean next() {
        start = end;
        while (start < text.length()) {
            if (text.startsWith("//", start)) {
                var line = text.indexOf('\n', start);
                start = line < 0 ? text.length() : line;
            } else if (Character.isWhitespace(text.charAt(start))) {
                start++;
            } else {
                end = text.charAt(start) == '"' ? afterString() : start + 1;
                return true;
            }
        }
        end = start;
        return false;
    }

    private int afterString() {
        for (var i = start + 1; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '"' -> {
                    return i + 1;
                }
                default -> {}
            }
        }
        return text.length();
    }

    /// Where the token begins.
    int start() {
        return start;
    }

    /// Where the token has ended.
    int end() {
        return end;
    }

    /// Whether the token is this character.
    boolean is(char letter) {
        return end == start + 1 && text.charAt(start) == letter;
    }

    /// How deep the brackets of a text are at most.
    static int depth(String text) {
        var tokens = new CedarTokens(text);
        var depth = 0;
        var deepest = 0;
        while (tokens.next()) {
            if (tokens.is('(') || tokens.is('[') || tokens.is('{')) {
                deepest = Math.max(deepest, ++depth);
            } else if (tokens.is(')') || tokens.is(']') || tokens.is('}')) {
                depth--;
            }
        }
        return deepest;
    }
}
