package dev.baton.local.iam.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// One value of a condition, ready to be compared. A negated operator's operand says whether its opposite fits.
@FunctionalInterface
interface ConditionValue {
    boolean fits(String actual, RequestContext context);

    /// The operand for an operator, or null where the text is not a value for it.
    static @Nullable ConditionValue of(Operator operator, String text, boolean variables) {
        return switch (operator) {
            case STRING_EQUALS, STRING_NOT_EQUALS -> {
                var value = PolicyValue.parse(text, PolicyValue.Shape.LITERAL, variables);
                yield value::matches;
            }
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE -> {
                var value = PolicyValue.parse(text, PolicyValue.Shape.LITERAL, variables);
                yield (actual, context) -> actual.equalsIgnoreCase(value.text(context));
            }
            case STRING_LIKE, STRING_NOT_LIKE -> {
                var value = PolicyValue.parse(text, PolicyValue.Shape.TEXT, variables);
                yield value::matches;
            }
            case ARN_EQUALS, ARN_NOT_EQUALS, ARN_LIKE, ARN_NOT_LIKE -> {
                var value = PolicyValue.parse(text, PolicyValue.Shape.ARN, variables);
                yield (actual, context) -> isArn(actual) && value.matches(actual, context);
            }
            case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS -> number(text, order -> order == 0);
            case NUMERIC_LESS_THAN -> number(text, order -> order < 0);
            case NUMERIC_LESS_THAN_EQUALS -> number(text, order -> order <= 0);
            case NUMERIC_GREATER_THAN -> number(text, order -> order > 0);
            case NUMERIC_GREATER_THAN_EQUALS -> number(text, order -> order >= 0);
            case DATE_EQUALS, DATE_NOT_EQUALS -> date(text, order -> order == 0);
            case DATE_LESS_THAN -> date(text, order -> order < 0);
            case DATE_LESS_THAN_EQUALS -> date(text, order -> order <= 0);
            case DATE_GREATER_THAN -> date(text, order -> order > 0);
            case DATE_GREATER_THAN_EQUALS -> date(text, order -> order >= 0);
            case BOOL -> {
                // The one operator besides those of strings and ARNs whose values may be variables.
                boolean variable = variables && text.startsWith("${") && text.endsWith("}");
                var value = PolicyValue.parse(text, PolicyValue.Shape.LITERAL, variables);
                yield truth(text) == null && !variable
                        ? null
                        : (actual, context) -> actual.equalsIgnoreCase(value.text(context));
            }
            case BINARY_EQUALS -> binary(text);
            case IP_ADDRESS, NOT_IP_ADDRESS -> address(text);
            // Whether a key is there needs no value of it; Condition decides.
            case NULL -> truth(text) == null ? null : (actual, context) -> false;
        };
    }

    /// The order of two values, as [Comparable#compareTo] says it.
    interface Order {
        boolean accepts(int order);
    }

    static @Nullable Boolean truth(String text) {
        return text.equalsIgnoreCase("true") ? Boolean.TRUE : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }

    private static boolean isArn(String text) {
        return text.startsWith("arn:") && text.chars().filter(c -> c == ':').count() >= 5;
    }

    private static @Nullable ConditionValue number(String text, Order order) {
        var wanted = decimal(text);
        if (wanted == null) {
            return null;
        }
        return (actual, context) -> {
            var value = decimal(actual);
            return value != null && order.accepts(value.compareTo(wanted));
        };
    }

    private static @Nullable BigDecimal decimal(String text) {
        try {
            return text.length() > 100 ? null : new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable ConditionValue date(String text, Order order) {
        var wanted = PolicyDate.parse(text);
        if (wanted == null) {
            return null;
        }
        return (actual, context) -> {
            Instant value = PolicyDate.parse(actual);
            return value != null && order.accepts(value.compareTo(wanted));
        };
    }

    private static @Nullable ConditionValue binary(String text) {
        var wanted = decoded(text);
        if (wanted == null) {
            return null;
        }
        return (actual, context) -> {
            var value = decoded(actual);
            return value != null && Arrays.equals(value, wanted);
        };
    }

    private static byte @Nullable [] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable ConditionValue address(String text) {
        var range = AddressRange.parse(text);
        return range == null ? null : (actual, context) -> range.contains(actual);
    }
}
