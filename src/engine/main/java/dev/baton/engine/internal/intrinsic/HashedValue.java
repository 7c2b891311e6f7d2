package dev.baton.engine.internal.intrinsic;

import dev.baton.engine.internal.failure.EvaluationEffort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A JSON value as a key of hash sets: equal values are one, and many of one hash code, which a payload may well bring,
/// are told apart by their order instead of each by all others.
///
/// @param value with the number types that the service reads, which decide hash codes
/// @param hash of the value
record HashedValue(@Nullable Object value, int hash) implements Comparable<HashedValue> {
    /// The size of a value, in characters.
    private static final int OBJECT = 4;
    /// The size of a hash table, in characters.
    private static final int TABLE = 16;

    static HashedValue of(@Nullable Object value, EvaluationEffort effort) {
        var narrowed = narrow(value, effort);
        return new HashedValue(narrowed, narrowed == null ? 0 : narrowed.hashCode());
    }

    private static @Nullable Object narrow(@Nullable Object value, EvaluationEffort effort) {
        effort.take(value instanceof Map<?, ?> object ? TABLE + (long) OBJECT * object.size() : OBJECT);
        return switch (value) {
            case Long number when number == number.intValue() -> (Object) number.intValue();
            case List<?> array -> {
                var narrowed = new ArrayList<@Nullable Object>(array.size());
                array.forEach(element -> narrowed.add(narrow(element, effort)));
                yield narrowed;
            }
            case Map<?, ?> object -> {
                var narrowed = new HashMap<@Nullable Object, @Nullable Object>();
                object.forEach((key, member) -> narrowed.put(key, narrow(member, effort)));
                yield narrowed;
            }
            case null -> null;
            default -> value;
        };
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /// Some order, by which equal values alone are equal.
    @Override
    public int compareTo(HashedValue other) {
        return hash != other.hash ? Integer.compare(hash, other.hash) : compare(value, other.value);
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return 0;
        }
        if (left == null || right == null) {
            return left == null ? -1 : 1;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return arrays(a, b);
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            var byName = arrays(List.copyOf(names(a)), List.copyOf(names(b)));
            return byName != 0 ? byName : arrays(members(a), members(b));
        }
        var byType = left.getClass().getName().compareTo(right.getClass().getName());
        return byType != 0 ? byType : sameType(left, right);
    }

    @SuppressWarnings("unchecked")
    private static int sameType(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static int arrays(List<?> left, List<?> right) {
        for (var i = 0; i < Math.min(left.size(), right.size()); i++) {
            var order = compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static Set<?> names(Map<?, ?> object) {
        return new TreeMap<>(object).keySet();
    }

    private static List<?> members(Map<?, ?> object) {
        return new ArrayList<>(new TreeMap<>(object).values());
    }
}
