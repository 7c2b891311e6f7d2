package dev.baton.asl.path;

/// A text with the place up to which it is read.
final class Scanner {
    private final String text;
    private int offset;

    Scanner(String text) {
        this.text = text;
    }

    int offset() {
        return offset;
    }

    boolean atEnd() {
        return offset >= text.length();
    }

    char peek() {
        return text.charAt(offset);
    }

    void advance() {
        offset++;
    }

    /// The text that was read since a place.
    String since(int start) {
        return text.substring(start, offset);
    }

    boolean skip(char c) {
        if (atEnd() || peek() != c) {
            return false;
        }
        offset++;
        return true;
    }

    boolean skip(String word) {
        if (!text.startsWith(word, offset)) {
            return false;
        }
        offset += word.length();
        return true;
    }

    void expect(char c) {
        if (!skip(c)) {
            throw problem("expected '" + c + "'");
        }
    }

    void blanks() {
        while (!atEnd() && Character.isWhitespace(peek())) {
            offset++;
        }
    }

    /// A string in quotes of either kind, in which a backslash takes the next character as it is.
    String quoted() {
        if (atEnd() || (peek() != '\'' && peek() != '"')) {
            throw problem("expected a quoted name");
        }
        var quote = peek();
        advance();
        var value = new StringBuilder();
        while (!atEnd() && peek() != quote) {
            if (peek() == '\\') {
                advance();
                if (atEnd()) {
                    break;
                }
            }
            value.append(peek());
            advance();
        }
        expect(quote);
        return value.toString();
    }

    int integer() {
        var start = offset;
        skip('-');
        digits();
        try {
            return Integer.parseInt(since(start));
        } catch (NumberFormatException e) {
            throw new PathSyntaxException("expected a whole number" + at(start), start);
        }
    }

    void digits() {
        while (!atEnd() && peek() >= '0' && peek() <= '9') {
            offset++;
        }
    }

    /// A JSON number as a [Long], a [java.math.BigInteger] or a [Double].
    Number number() {
        var start = offset;
        skip('-');
        digits();
        var whole = true;
        if (skip('.')) {
            whole = false;
            digits();
        }
        if (skip('e') || skip('E')) {
            whole = false;
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        try {
            return PathNumbers.of(since(start), whole);
        } catch (NumberFormatException e) {
            throw new PathSyntaxException("expected a number" + at(start), start);
        }
    }

    PathSyntaxException problem(String what) {
        return new PathSyntaxException(what + at(offset), offset);
    }

    private String at(int place) {
        return place >= text.length()
                ? ", but the text ends"
                : ", but found '" + text.charAt(place) + "' at character " + (place + 1);
    }
}
