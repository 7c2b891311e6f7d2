package dev.baton.task.parameter;

import java.util.regex.Pattern;

/// The characters and the length of the matches of a regular expression; rather too much than too little
/// where the expression says more than this reads.
///
/// @param characters that a match may hold
/// @param shortest in UTF-16 units
/// @param longest in UTF-16 units, [#UNBOUNDED] where there is no end
record TextShape(CharacterSet characters, int shortest, int longest) {
    static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final TextShape UNKNOWN = new TextShape(CharacterSet.ANY, 0, UNBOUNDED);
    private static final TextShape EMPTY = new TextShape(CharacterSet.of(""), 0, 0);
    private static final CharacterSet WORD = CharacterSet.range('a', 'z')
            .or(CharacterSet.range('A', 'Z'))
            .or(CharacterSet.DIGITS)
            .or(CharacterSet.of("_"));

    static TextShape of(Pattern pattern) {
        if (pattern.flags() != 0) {
            return UNKNOWN;
        }
        try {
            var reader = new Reader(pattern.pattern());
            var shape = reader.alternatives();
            return reader.atEnd() ? shape : UNKNOWN;
        } catch (Unread e) {
            return UNKNOWN;
        }
    }

    boolean fixed() {
        return shortest == longest;
    }

    private TextShape then(TextShape next) {
        return new TextShape(
                characters.or(next.characters), shortest + next.shortest, bounded((long) longest + next.longest));
    }

    private TextShape or(TextShape other) {
        return new TextShape(
                characters.or(other.characters), Math.min(shortest, other.shortest), Math.max(longest, other.longest));
    }

    private TextShape times(int least, int most) {
        return new TextShape(
                characters,
                bounded((long) shortest * least),
                longest == 0 || most == 0 ? 0 : bounded(most == UNBOUNDED ? UNBOUNDED : (long) longest * most));
    }

    private static int bounded(long length) {
        return (int) Math.min(length, UNBOUNDED);
    }

    /// Reads what most patterns are made of: literals, classes, groups, alternatives, quantifiers.
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at == text.length();
        }

        TextShape alternatives() {
            var shape = sequence();
            while (take('|')) {
                shape = shape.or(sequence());
            }
            return shape;
        }

        private TextShape sequence() {
            var shape = EMPTY;
            while (!atEnd() && peek() != '|' && peek() != ')') {
                shape = shape.then(quantified(atom()));
            }
            return shape;
        }

        private TextShape atom() {
            var c = next();
            return switch (c) {
                case '[' -> one(characterClass());
                case '(' -> group();
                case '.' -> one(CharacterSet.ANY);
                case '\\' -> one(escape());
                case '^', '$' -> EMPTY;
                case '*', '+', '?', '{' -> throw new Unread();
                default -> one(CharacterSet.of(String.valueOf(c)));
            };
        }

        private TextShape group() {
            if (take('?') && !take(':')) {
                throw new Unread();
            }
            var shape = alternatives();
            expect(')');
            return shape;
        }

        private TextShape quantified(TextShape shape) {
            var result = shape;
            if (take('*')) {
                result = shape.times(0, UNBOUNDED);
            } else if (take('+')) {
                result = shape.times(1, UNBOUNDED);
            } else if (take('?')) {
                result = shape.times(0, 1);
            } else if (take('{')) {
                var least = number();
                var most = take(',') ? (!atEnd() && peek() == '}' ? UNBOUNDED : number()) : least;
                expect('}');
                result = shape.times(least, most);
            } else {
                return shape;
            }
            if (!take('?')) {
                take('+');
            }
            return result;
        }

        private CharacterSet characterClass() {
            var negated = take('^');
            var set = CharacterSet.of("");
            while (!take(']')) {
                var c = next();
                if (c == '[' || c == '&') {
                    throw new Unread();
                }
                if (c == '\\') {
                    set = set.or(escape());
                } else if (!atEnd() && peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                    at++;
                    var last = next();
                    if (last == '\\' || last == '[') {
                        throw new Unread();
                    }
                    set = set.or(CharacterSet.range(c, last));
                } else {
                    set = set.or(CharacterSet.of(String.valueOf(c)));
                }
            }
            return negated ? set.complement() : set;
        }

        private CharacterSet escape() {
            var c = next();
            return switch (c) {
                case 'd' -> CharacterSet.DIGITS;
                case 'w' -> WORD;
                default -> {
                    if (Character.isLetterOrDigit(c)) {
                        throw new Unread();
                    }
                    yield CharacterSet.of(String.valueOf(c));
                }
            };
        }

        private TextShape one(CharacterSet set) {
            return new TextShape(set, 1, 1);
        }

        private int number() {
            var begin = at;
            while (!atEnd() && Character.isDigit(peek()) && at - begin < 4) {
                at++;
            }
            if (at == begin) {
                throw new Unread();
            }
            return Integer.parseInt(text.substring(begin, at));
        }

        private char peek() {
            return text.charAt(at);
        }

        private char next() {
            if (atEnd()) {
                throw new Unread();
            }
            return text.charAt(at++);
        }

        private boolean take(char c) {
            if (!atEnd() && peek() == c) {
                at++;
                return true;
            }
            return false;
        }

        private void expect(char c) {
            if (!take(c)) {
                throw new Unread();
            }
        }
    }

    /// The expression holds something that this does not read.
    private static final class Unread extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
