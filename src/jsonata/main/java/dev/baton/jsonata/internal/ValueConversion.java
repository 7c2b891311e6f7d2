package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Jsonata;
import dev.baton.jsonata.evaluation.JsonataException;
import dev.baton.jsonata.evaluation.UndefinedValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Between JSON values and the library's: there `null` is *undefined* and `NULL_VALUE` is JSON's null, and a whole
/// number is an [Integer] where it can be.
final class ValueConversion {
    static final Object NULL = Jsonata.NULL_VALUE;

    private ValueConversion() {}

    /// A JSON value as the library's.
    static Object inward(@Nullable Object value) {
        return switch (value) {
            case null -> NULL;
            case Map<?, ?> map -> map instanceof ObjectView ? map : new ObjectView(object(map));
            case List<?> list -> list instanceof ArrayView ? list : new ArrayView(array(list));
            case Long number -> (int) (long) number == number ? (Object) number.intValue() : number;
            case Double number -> canonical(number);
            case BigInteger number -> number.doubleValue();
            default -> value;
        };
    }

    private static Object canonical(double number) {
        var whole = (long) number;
        if (whole != number) {
            return number;
        }
        return (int) whole == whole ? (Object) (int) whole : (Object) whole;
    }

    /// The result of a calculation: whole numbers as [Long].
    static Number number(double number) {
        var whole = (long) number;
        return whole == number && whole != Long.MAX_VALUE ? (Number) whole : (Number) number;
    }

    /// The library's value as a result: JSON, or [UndefinedValue#UNDEFINED].
    static @Nullable Object outward(@Nullable Object value) {
        return value == null ? UndefinedValue.UNDEFINED : plain(value);
    }

    /// The result of a [QuickNode] part: its objects and arrays are JSON already.
    static @Nullable Object quickly(@Nullable Object value) {
        return switch (value) {
            case null -> UndefinedValue.UNDEFINED;
            case Map<?, ?> map -> map;
            case List<?> list -> list;
            default -> plain(value);
        };
    }

    /// The library's value as JSON.
    ///
    /// @throws JsonataException where it is or holds a function
    static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value == NULL) {
            return null;
        }
        return switch (value) {
            case String string -> string;
            case Boolean bool -> bool;
            case Long number -> number;
            case Integer number -> number.longValue();
            case BigInteger number -> number;
            case Number number -> finite(number.doubleValue());
            case ObjectView view when view.original() != null -> view.original();
            case ArrayView view when view.original() != null -> view.original();
            case Map<?, ?> map -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, member) -> object.put(String.valueOf(name), plain(member)));
                yield object;
            }
            case List<?> list -> {
                var array = new ArrayList<@Nullable Object>(list.size());
                list.forEach(element -> array.add(plain(element)));
                yield array;
            }
            default ->
                throw new JsonataException(
                        JsonataException.UNSUPPORTED_RESULT, "The expression returned a function", -1);
        };
    }

    private static Number finite(double number) {
        if (!Double.isFinite(number)) {
            throw new JsonataException("D1001", "Number out of range: " + number, -1);
        }
        return number(number);
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }

    @SuppressWarnings("unchecked")
    static List<@Nullable Object> array(List<?> list) {
        return (List<@Nullable Object>) list;
    }

    /// JSON equality: numbers by value, objects in any order.
    static boolean equal(@Nullable Object a, @Nullable Object b) {
        var left = a == NULL ? null : a;
        var right = b == NULL ? null : b;
        if (left == right) {
            return true;
        }
        if (left instanceof Number x && right instanceof Number y) {
            return x.doubleValue() == y.doubleValue();
        }
        if (left instanceof List<?> x && right instanceof List<?> y) {
            if (x.size() != y.size()) {
                return false;
            }
            for (var i = 0; i < x.size(); i++) {
                if (!equal(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Map<?, ?> x && right instanceof Map<?, ?> y) {
            return x.size() == y.size()
                    && x.entrySet().stream()
                            .allMatch(member ->
                                    y.containsKey(member.getKey()) && equal(member.getValue(), y.get(member.getKey())));
        }
        return left != null && left.equals(right);
    }
}
