package dev.baton.local.dynamodb.expression;

import java.util.ArrayList;
import java.util.List;

/// The lexer of expressions: takes a text apart into tokens.
final class ExpressionLexer {
    private final String text;
    private int at;

    private ExpressionLexer(String text) {
        this.text = text;
    }

    static List<ExpressionToken> tokens(String text) {
        var lexer = new ExpressionLexer(text);
        var tokens = new ArrayList<ExpressionToken>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != ExpressionToken.Kind.END);
        return tokens;
    }

    private ExpressionToken next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int from = at;
        if (at == text.length()) {
            return new ExpressionToken(ExpressionToken.Kind.END, "", from);
        }
        char first = text.charAt(at++);
        var kind = switch (first) {
            case '#' -> rest(from, ExpressionToken.Kind.NAME);
            case ':' -> rest(from, ExpressionToken.Kind.VALUE);
            case '(', ')', '[', ']', ',', '.', '=', '+', '-' -> ExpressionToken.Kind.SIGN;
            case '<' -> compared("=>");
            case '>' -> compared("=");
            default -> plain(first);
        };
        return new ExpressionToken(kind, text.substring(from, at), from);
    }

    private ExpressionToken.Kind plain(char first) {
        if (isDigit(first)) {
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
            return ExpressionToken.Kind.NUMBER;
        }
        if (isLetter(first)) {
            skipWord();
            return ExpressionToken.Kind.WORD;
        }
        return ExpressionToken.Kind.STRANGE;
    }

    private ExpressionToken.Kind rest(int from, ExpressionToken.Kind kind) {
        skipWord();
        return at == from + 1 ? ExpressionToken.Kind.STRANGE : kind;
    }

    private ExpressionToken.Kind compared(String more) {
        if (at < text.length() && more.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return ExpressionToken.Kind.SIGN;
    }

    private void skipWord() {
        while (at < text.length()
                && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isLetter(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
    }
}
