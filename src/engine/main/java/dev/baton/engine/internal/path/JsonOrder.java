package dev.baton.engine.internal.path;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares JSON values: numbers by value whatever their Java type, the rest by content.
public final class JsonOrder {
    private JsonOrder() {}

    public static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return true;
        }
        return switch (left) {
            case null -> false;
            case Number a -> right instanceof Number b && compareNumbers(a, b) == 0;
            case List<?> a -> right instanceof List<?> b && equalArrays(a, b);
            case Map<?, ?> a -> right instanceof Map<?, ?> b && equalObjects(a, b);
            default -> left.equals(right);
        };
    }

    private static boolean equalArrays(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (var i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalObjects(Map<?, ?> left, Map<?, ?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (var member : left.entrySet()) {
            if (!right.containsKey(member.getKey()) || !equal(member.getValue(), right.get(member.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /// Two numbers, or two strings by UTF-16 units.
    static int compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b);
        }
        return String.valueOf(left).compareTo(String.valueOf(right));
    }

    public static int compareNumbers(Number left, Number right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof Double a && right instanceof Double b) {
            // Not Double.compare: JSON's 0.0 and -0.0 are one number.
            return a.doubleValue() == b.doubleValue() ? 0 : Double.compare(a, b);
        }
        return decimal(left).compareTo(decimal(right));
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigInteger big -> new BigDecimal(big);
            case Double real -> BigDecimal.valueOf(real);
            default -> BigDecimal.valueOf(number.longValue());
        };
    }
}
