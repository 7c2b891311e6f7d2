package dev.baton.engine.internal.intrinsic;

import dev.baton.engine.internal.path.JsonOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Intrinsic functions on arrays.
final class ArrayFunctions {
    /// How many elements `States.ArrayRange` makes at most.
    private static final int LONGEST = 1_000;

    private ArrayFunctions() {}

    static List<List<?>> partition(Arguments arguments) throws IntrinsicException {
        var array = arguments.array(0);
        var size = arguments.integer(1);
        if (size < 1) {
            throw new IntrinsicException(
                    "Invalid arguments in States.ArrayPartition: the chunk size must be positive, but was " + size);
        }
        var chunks = new ArrayList<List<?>>();
        for (var i = 0L; i < array.size(); i += size) {
            chunks.add(new ArrayList<>(array.subList((int) i, (int) Math.min(array.size(), i + size))));
        }
        return chunks;
    }

    static boolean contains(Arguments arguments) throws IntrinsicException {
        var sought = arguments.value(1);
        return arguments.array(0).stream().anyMatch(element -> JsonOrder.equal(element, sought));
    }

    static List<Long> range(Arguments arguments) throws IntrinsicException {
        var first = arguments.integer(0);
        var last = arguments.integer(1);
        var increment = arguments.integer(2);
        if (increment == 0) {
            throw new IntrinsicException("Invalid arguments in States.ArrayRange: the increment must not be 0");
        }
        var range = new ArrayList<Long>();
        for (var i = first; increment > 0 ? i <= last : i >= last; i += increment) {
            if (range.size() == LONGEST) {
                throw new IntrinsicException("Invalid arguments in States.ArrayRange: more than 1000 elements");
            }
            range.add(i);
        }
        return range;
    }

    static @Nullable Object item(Arguments arguments) throws IntrinsicException {
        var array = arguments.array(0);
        var index = arguments.integer(1);
        if (index < 0 || index >= array.size()) {
            throw new IntrinsicException("Invalid arguments in States.ArrayGetItem: the index " + index
                    + " is outside of the array of " + array.size());
        }
        return array.get((int) index);
    }

    static List<@Nullable Object> unique(Arguments arguments) throws IntrinsicException {
        var kept = new ArrayList<@Nullable Object>();
        for (var element : arguments.array(0)) {
            if (kept.stream().noneMatch(other -> JsonOrder.equal(other, element))) {
                kept.add(element);
            }
        }
        return kept;
    }
}
