package dev.baton.local.iam.policy;

import java.util.Arrays;

/// A text with wildcards, compiled: `*` stands for any characters, `?` for one.
///
/// In the first five parts of an ARN wildcards stop at the colon; in its sixth they cross colons and slashes.
/// Letters are told apart by case: who wants otherwise folds both sides.
final class Glob {
    private static final int ANY = -1;
    private static final int ONE = -2;
    private static final int ANY_IN_PART = -3;
    private static final int ONE_IN_PART = -4;

    private final int[] tokens;
    private final String literal;
    private final boolean wild;

    private Glob(int[] tokens) {
        this.tokens = tokens;
        this.wild = Arrays.stream(tokens).anyMatch(token -> token < 0);
        this.literal = wild ? "" : text(tokens);
    }

    /// Gathers the tokens of a pattern, so that what a variable stands for is never taken for a wildcard.
    static final class Builder {
        private int[] tokens = new int[32];
        private int size;

        Builder literal(String text) {
            for (int i = 0; i < text.length(); i++) {
                add(text.charAt(i));
            }
            return this;
        }

        Builder any() {
            return add(ANY);
        }

        Builder one() {
            return add(ONE);
        }

        private Builder add(int token) {
            if (size == tokens.length) {
                tokens = Arrays.copyOf(tokens, size * 2);
            }
            tokens[size++] = token;
            return this;
        }

        Glob build() {
            return new Glob(Arrays.copyOf(tokens, size));
        }

        /// As the pattern of an ARN: each of the first five parts is matched by itself. A pattern that ends before them
        /// with `*` (`arn:aws:s3*`, or `*` alone) leaves the rest open.
        Glob buildArn() {
            var parts = Arrays.copyOf(tokens, size);
            int colons = 0;
            for (int i = 0; i < size && colons < 5; i++) {
                switch (parts[i]) {
                    case ':' -> colons++;
                    case ANY -> parts[i] = i == size - 1 ? ANY : ANY_IN_PART;
                    case ONE -> parts[i] = ONE_IN_PART;
                    default -> {}
                }
            }
            return new Glob(parts);
        }
    }

    boolean matches(String text) {
        if (!wild) {
            return literal.equals(text);
        }
        int length = text.length();
        int at = 0;
        int token = 0;
        int star = -1;
        int starAt = 0;
        // Greedy with one point of return: a later star can absorb whatever an earlier one could.
        while (at < length) {
            if (token < tokens.length && (tokens[token] == ANY || tokens[token] == ANY_IN_PART)) {
                star = token++;
                starAt = at;
            } else if (token < tokens.length && fits(tokens[token], text.charAt(at))) {
                at += tokens[token] < 0 ? width(text, at) : 1;
                token++;
            } else if (star >= 0 && !(tokens[star] == ANY_IN_PART && text.charAt(starAt) == ':')) {
                at = ++starAt;
                token = star + 1;
            } else {
                return false;
            }
        }
        while (token < tokens.length && (tokens[token] == ANY || tokens[token] == ANY_IN_PART)) {
            token++;
        }
        return token == tokens.length;
    }

    private static boolean fits(int token, char c) {
        return token == c || token == ONE || (token == ONE_IN_PART && c != ':');
    }

    /// A `?` stands for one character, also where UTF-16 needs two units for it.
    private static int width(String text, int at) {
        return Character.charCount(text.codePointAt(at));
    }

    private static String text(int[] tokens) {
        var text = new StringBuilder(tokens.length);
        for (int token : tokens) {
            text.append((char) token);
        }
        return text.toString();
    }
}
