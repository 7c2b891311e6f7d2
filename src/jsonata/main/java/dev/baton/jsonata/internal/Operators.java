package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils.JList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The operators on [QuickNode] values, and calls of functions with them.
final class Operators {
    /// Whole numbers up to here are exact as doubles, which JSONata's numbers are.
    private static final long EXACT = 1L << 53;

    private Operators() {}

    static @Nullable QuickNode binary(String operator, QuickNode left, QuickNode right) {
        return switch (operator) {
            case "and" -> e -> isTrue(left.evaluate(e)) && isTrue(right.evaluate(e));
            case "or" -> e -> isTrue(left.evaluate(e)) || isTrue(right.evaluate(e));
            case "=" -> e -> equal(left.evaluate(e), right.evaluate(e));
            case "!=" ->
                e -> {
                    var x = left.evaluate(e);
                    var y = right.evaluate(e);
                    return x != null && y != null && !ValueConversion.equal(x, y);
                };
            case "<" ->
                e -> {
                    var order = compare(operator, left.evaluate(e), right.evaluate(e));
                    return order == UNORDERED ? null : (Object) (order < 0);
                };
            case "<=" ->
                e -> {
                    var order = compare(operator, left.evaluate(e), right.evaluate(e));
                    return order == UNORDERED ? null : (Object) (order <= 0);
                };
            case ">" ->
                e -> {
                    var order = compare(operator, left.evaluate(e), right.evaluate(e));
                    return order == UNORDERED ? null : (Object) (order > 0);
                };
            case ">=" ->
                e -> {
                    var order = compare(operator, left.evaluate(e), right.evaluate(e));
                    return order == UNORDERED ? null : (Object) (order >= 0);
                };
            case "&" -> e -> concatenate(left.evaluate(e), right.evaluate(e), e);
            case "in" -> e -> isIn(left.evaluate(e), right.evaluate(e));
            case "+" ->
                e -> {
                    var x = left.evaluate(e);
                    var y = right.evaluate(e);
                    if (x instanceof Long a && y instanceof Long b && exact(a) && exact(b)) {
                        return whole(a + b);
                    }
                    return undefined(operator, x, y) ? null : number(asDouble(x) + asDouble(y));
                };
            case "-" ->
                e -> {
                    var x = left.evaluate(e);
                    var y = right.evaluate(e);
                    if (x instanceof Long a && y instanceof Long b && exact(a) && exact(b)) {
                        return whole(a - b);
                    }
                    return undefined(operator, x, y) ? null : number(asDouble(x) - asDouble(y));
                };
            case "*" ->
                e -> {
                    var x = left.evaluate(e);
                    var y = right.evaluate(e);
                    return undefined(operator, x, y) ? null : number(asDouble(x) * asDouble(y));
                };
            case "/" ->
                e -> {
                    var x = left.evaluate(e);
                    var y = right.evaluate(e);
                    return undefined(operator, x, y) ? null : number(asDouble(x) / asDouble(y));
                };
            case "%" ->
                e -> {
                    var x = left.evaluate(e);
                    var y = right.evaluate(e);
                    return undefined(operator, x, y) ? null : number(asDouble(x) % asDouble(y));
                };
            case ".." -> e -> range(left.evaluate(e), right.evaluate(e), e);
            default -> null;
        };
    }

    private static boolean exact(long number) {
        return number >= -EXACT && number <= EXACT;
    }

    private static Object whole(long sum) {
        return exact(sum) ? (Object) sum : (Object) ValueConversion.number((double) sum);
    }

    private static double asDouble(@Nullable Object number) {
        return number instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    private static boolean undefined(String operator, @Nullable Object left, @Nullable Object right) {
        if (left != null && !(left instanceof Number)) {
            throw new JException("T2001", -1, operator, left);
        }
        if (right != null && !(right instanceof Number)) {
            throw new JException("T2002", -1, operator, right);
        }
        return left == null || right == null;
    }

    private static @Nullable Object number(double result) {
        if (Double.isInfinite(result)) {
            throw new JException("D1001", 0, result);
        }
        return Double.isNaN(result) ? null : ValueConversion.number(result);
    }

    static @Nullable Object negate(@Nullable Object operand, int position) {
        return switch (operand) {
            case null -> null;
            case Number number -> number(-number.doubleValue());
            default -> throw new JException("D1002", position, operand);
        };
    }

    static boolean isTrue(@Nullable Object value) {
        return value instanceof Boolean bool ? bool : Jsonata.boolize(value);
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        return left != null && right != null && ValueConversion.equal(left, right);
    }

    private static boolean isIn(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return false;
        }
        if (!(right instanceof List<?> list)) {
            return ValueConversion.equal(left, right);
        }
        for (var element : list) {
            if (ValueConversion.equal(left, element)) {
                return true;
            }
        }
        return false;
    }

    private static final int UNORDERED = Integer.MIN_VALUE;

    private static int compare(String operator, @Nullable Object left, @Nullable Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (!isComparable(left) || !isComparable(right)) {
            throw new JException("T2010", 0, operator, left == null ? right : left);
        }
        if (left == null || right == null) {
            return UNORDERED;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (left instanceof String a && right instanceof String b) {
            return Integer.signum(a.compareTo(b));
        }
        throw Failures.coded("T2009", 0, left, right, operator);
    }

    private static boolean isComparable(@Nullable Object value) {
        return value == null || value instanceof String || value instanceof Number;
    }

    private static String concatenate(@Nullable Object left, @Nullable Object right, Evaluation evaluation) {
        var text = (left == null ? "" : string(left, evaluation)) + (right == null ? "" : string(right, evaluation));
        evaluation.checkLength(text.length());
        return text;
    }

    private static String string(Object value, Evaluation evaluation) {
        return TextConversion.of(value, false, evaluation);
    }

    private static @Nullable Object range(@Nullable Object left, @Nullable Object right, Evaluation evaluation) {
        if (left != null && !(left instanceof Long)) {
            throw new JException("T2003", -1, left);
        }
        if (right != null && !(right instanceof Long)) {
            throw new JException("T2004", -1, right);
        }
        if (left == null || right == null) {
            return null;
        }
        long from = (Long) left;
        long to = (Long) right;
        if (from > to) {
            return null;
        }
        evaluation.checkElements(to - from + 1);
        var range = new ArrayList<@Nullable Object>((int) (to - from + 1));
        for (var i = from; i <= to; i++) {
            range.add(i);
        }
        return range;
    }

    static QuickNode call(LibraryFunction function, List<QuickNode> arguments, int position) {
        return evaluation -> {
            var values = new ArrayList<@Nullable Object>(arguments.size());
            for (var argument : arguments) {
                var value = argument.evaluate(evaluation);
                values.add(
                        value instanceof Map<?, ?> || value instanceof List<?> ? ValueConversion.inward(value) : value);
            }
            var outer = evaluation.enter();
            try {
                return result(function.call(null, values, evaluation));
            } finally {
                Evaluation.leave(outer);
            }
        };
    }

    private static @Nullable Object result(@Nullable Object value) {
        if (value instanceof JList<?> list && list.sequence && list.size() <= 1 && !list.keepSingleton) {
            return list.isEmpty() ? null : result(list.getFirst() == null ? ValueConversion.NULL : list.getFirst());
        }
        return switch (value) {
            case Integer number -> number.longValue();
            case Map<?, ?> map -> ValueConversion.plain(map);
            case List<?> list -> ValueConversion.plain(list);
            case null -> null;
            default -> value;
        };
    }
}
