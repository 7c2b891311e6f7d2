package dev.baton.jsonata.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows names through JSON: `a.b[0].c` from a value, as JSONata maps and flattens.
final class Paths {
    private Paths() {}

    /// The result of a step over several values: of one it is that one, of none it is nothing.
    private static final class Sequence extends ArrayList<@Nullable Object> {
        private static final long serialVersionUID = 1;
    }

    /// @param indexes for each name the numbers in brackets after it
    static @Nullable Object follow(@Nullable Object start, String[] names, int[][] indexes) {
        var value = start;
        for (var i = 0; i < names.length; i++) {
            if (!(value instanceof Map<?, ?> object) || indexes[i].length > 0) {
                return value instanceof List<?> || value instanceof Map<?, ?>
                        ? through(value, names, indexes, i)
                        : null;
            }
            value = member(object, names[i]);
        }
        return value;
    }

    private static @Nullable Object member(Map<?, ?> object, String name) {
        var value = object.get(name);
        return value != null || !object.containsKey(name) ? value : ValueConversion.NULL;
    }

    /// The way through arrays, from the name `from` on.
    private static @Nullable Object through(Object value, String[] names, int[][] indexes, int from) {
        List<?> items = value instanceof List<?> list ? list : List.of(value);
        Object result = null;
        for (var i = from; i < names.length; i++) {
            var found = new Sequence();
            for (var item : items) {
                var one = unwrap(lookup(item, names[i]));
                for (var index : indexes[i]) {
                    one = filter(one, index);
                }
                if (one != null) {
                    found.add(one);
                }
            }
            var last = i == names.length - 1;
            if (last && found.size() == 1 && found.getFirst() instanceof List<?> list && !(list instanceof Sequence)) {
                return list;
            }
            var flat = flatten(found);
            if (flat.isEmpty()) {
                return null;
            }
            items = flat;
            result = flat;
        }
        return unwrap(result);
    }

    private static Sequence flatten(Sequence found) {
        var flat = new Sequence();
        for (var one : found) {
            if (one instanceof List<?> list) {
                flat.addAll(list);
            } else {
                flat.add(one == ValueConversion.NULL ? null : one);
            }
        }
        return flat;
    }

    private static @Nullable Object lookup(@Nullable Object item, String name) {
        if (item instanceof Map<?, ?> object) {
            return member(object, name);
        }
        if (!(item instanceof List<?> list)) {
            return null;
        }
        var found = new Sequence();
        for (var one : list) {
            var value = lookup(one, name);
            if (value instanceof List<?> several) {
                found.addAll(several);
            } else if (value != null) {
                found.add(value == ValueConversion.NULL ? null : value);
            }
        }
        return found;
    }

    /// Elements of arrays are JSON, where `null` is null; alone it is [ValueConversion#NULL].
    private static @Nullable Object unwrap(@Nullable Object value) {
        if (!(value instanceof Sequence sequence) || sequence.size() > 1) {
            return value;
        }
        return sequence.isEmpty() ? null : alone(sequence.getFirst());
    }

    private static Object alone(@Nullable Object element) {
        return element == null ? ValueConversion.NULL : element;
    }

    private static @Nullable Object filter(@Nullable Object value, int index) {
        if (value == null) {
            return new Sequence();
        }
        var result = new Sequence();
        if (value instanceof List<?> list) {
            var at = index < 0 ? list.size() + index : index;
            if (at >= 0 && at < list.size()) {
                if (list.get(at) instanceof List<?> inner) {
                    return inner;
                }
                result.add(list.get(at));
            }
        } else if (index == 0 || index == -1) {
            result.add(value == ValueConversion.NULL ? null : value);
        }
        return result;
    }

    /// `$x[0]`, without a path.
    static @Nullable Object index(@Nullable Object value, int[] indexes) {
        var result = value;
        for (var index : indexes) {
            result = filter(result, index);
        }
        return unwrap(result);
    }
}
