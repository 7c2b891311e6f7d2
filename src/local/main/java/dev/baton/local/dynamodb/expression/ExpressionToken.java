package dev.baton.local.dynamodb.expression;

/// A word, a number, a placeholder or a sign of an expression.
///
/// @param from where it begins in the text
record ExpressionToken(Kind kind, String text, int from) {
    /// What a token is.
    enum Kind {
        /// A keyword, or the name of an attribute or a function.
        WORD,
        /// `#name`.
        NAME,
        /// `:value`.
        VALUE,
        NUMBER,
        SIGN,
        /// What no expression has.
        STRANGE,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    int to() {
        return from + text.length();
    }

    /// As messages show it.
    String shown() {
        return kind == Kind.END ? "<EOF>" : text;
    }
}
