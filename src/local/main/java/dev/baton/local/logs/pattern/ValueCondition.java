package dev.baton.local.logs.pattern;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A condition on one value: an operator and what is compared with.
///
/// @param text what stands there; `*` in it is anything
/// @param regex what stands there between percent signs
record ValueCondition(
        Operator operator, String text, @Nullable RegexTerm regex) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /// The operators that stand between two values.
    enum Operator {
        NOT_EQUAL("!="),
        AT_LEAST(">="),
        AT_MOST("<="),
        EQUAL("="),
        GREATER(">"),
        LESS("<");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /// The one that comes next; null where none does.
        static @Nullable Operator next(PatternScanner scanner) {
            for (var operator : values()) {
                if (scanner.take(operator.sign)) {
                    return operator;
                }
            }
            return null;
        }
    }

    /// What stands behind the operator.
    static ValueCondition read(Operator operator, PatternScanner scanner) {
        return switch (scanner.peek()) {
            case '%' -> new ValueCondition(operator, "", scanner.regex());
            case '"' -> new ValueCondition(operator, scanner.quoted(), null).checked();
            default -> new ValueCondition(operator, word(scanner), null).checked();
        };
    }

    private static String word(PatternScanner scanner) {
        var word = new StringBuilder();
        while (isOfWord(scanner.here())) {
            word.append(scanner.next());
        }
        if (word.isEmpty()) {
            throw scanner.invalid();
        }
        return word.toString();
    }

    private static boolean isOfWord(char letter) {
        return Character.isLetterOrDigit(letter) || "_-.*:/+@#$'".indexOf(letter) >= 0 && letter != '\0';
    }

    private ValueCondition checked() {
        if (isOfNumbers() && !NUMBER.matcher(text).matches()) {
            throw new InvalidFilterPattern("Invalid number in filter pattern: " + text);
        }
        return this;
    }

    private boolean isOfNumbers() {
        return operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
    }

    boolean holds(String value) {
        return switch (operator) {
            case EQUAL -> equal(value);
            case NOT_EQUAL -> !equal(value);
            case GREATER -> NUMBER.matcher(value).matches() && compared(value) > 0;
            case LESS -> NUMBER.matcher(value).matches() && compared(value) < 0;
            case AT_LEAST -> NUMBER.matcher(value).matches() && compared(value) >= 0;
            case AT_MOST -> NUMBER.matcher(value).matches() && compared(value) <= 0;
        };
    }

    private int compared(String value) {
        return new BigDecimal(value).compareTo(new BigDecimal(text));
    }

    private boolean equal(String value) {
        if (regex != null) {
            return regex.isIn(value);
        }
        if (NUMBER.matcher(text).matches() && NUMBER.matcher(value).matches()) {
            return compared(value) == 0;
        }
        return text.contains("*") ? like(value) : text.equals(value);
    }

    private boolean like(String value) {
        var regular = new StringBuilder();
        for (var part : text.split("\\*", -1)) {
            regular.append(regular.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regular.toString(), Pattern.DOTALL)
                .matcher(value)
                .matches();
    }
}
