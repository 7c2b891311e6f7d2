package dev.baton.engine.internal.intrinsic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Intrinsic functions on arrays.
final class ArrayFunctions {
    /// The bound on the elements that `States.ArrayRange` makes.
    private static final int LONGEST = 1_000;

    private ArrayFunctions() {}

    static List<List<?>> partition(Arguments arguments) throws IntrinsicException {
        var array = arguments.array(0);
        var size = arguments.integer(1);
        if (size < 1) {
            throw arguments.invalid();
        }
        arguments.effort().take(array.size());
        var chunks = new ArrayList<List<?>>();
        for (var i = 0L; i < array.size(); i += size) {
            chunks.add(new ArrayList<>(array.subList((int) i, (int) Math.min(array.size(), i + size))));
        }
        return chunks;
    }

    /// The service compares the texts of elements, so that the string `true` is `true`, and two objects with the same
    /// members in another order are not the same.
    static boolean contains(Arguments arguments) throws IntrinsicException {
        var sought = JavaText.of(arguments.value(1), arguments.effort());
        return arguments.array(0).stream()
                .anyMatch(element -> JavaText.of(element, arguments.effort()).equals(sought));
    }

    static List<Long> range(Arguments arguments) throws IntrinsicException {
        var first = arguments.integer(0);
        var last = arguments.integer(1);
        var increment = arguments.integer(2);
        if (increment == 0) {
            throw arguments.invalid();
        }
        var range = new ArrayList<Long>();
        for (var i = first; increment > 0 ? i <= last : i >= last; i += increment) {
            if (range.size() == LONGEST) {
                throw arguments.invalid();
            }
            range.add(i);
        }
        return range;
    }

    /// An empty array has null everywhere, as the service has it.
    static @Nullable Object item(Arguments arguments) throws IntrinsicException {
        var array = arguments.array(0);
        var index = arguments.integer(1);
        if (array.isEmpty()) {
            return null;
        }
        if (index < 0 || index >= array.size()) {
            throw arguments.invalid();
        }
        return array.get((int) index);
    }

    /// In the order of the hash set that the service keeps them in, which is that of their Java hash codes.
    static List<@Nullable Object> unique(Arguments arguments) throws IntrinsicException {
        var array = arguments.array(0);
        var kept = new LinkedHashMap<HashedValue, @Nullable Object>();
        array.forEach(element -> kept.putIfAbsent(HashedValue.of(element, arguments.effort()), element));
        // As much room as the service's set has, which is made of all elements: the order depends on it.
        var order = new HashSet<HashedValue>(Math.max((int) (array.size() / .75f) + 1, 16));
        order.addAll(kept.keySet());
        var unique = new ArrayList<@Nullable Object>(order.size());
        order.forEach(element -> unique.add(kept.get(element)));
        return unique;
    }
}
