package dev.baton.engine.internal.intrinsic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Intrinsic functions on numbers and objects.
final class MathFunctions {
    private MathFunctions() {}

    static long add(Arguments arguments) throws IntrinsicException {
        return addend(arguments, 0) + addend(arguments, 1);
    }

    /// The developer guide (*Intrinsics for Math operations*) takes numbers of 32 bits.
    private static long addend(Arguments arguments, int index) throws IntrinsicException {
        var number = arguments.integer(index);
        if (number != (int) number) {
            throw new IntrinsicException("Invalid arguments in States.MathAdd: " + number
                    + " is not between -2147483648 and 2147483647");
        }
        return number;
    }

    /// From the first number on and below the second; a seed gives the same number always.
    static long random(Arguments arguments, RandomGenerator random) throws IntrinsicException {
        var from = arguments.integer(0);
        var to = arguments.integer(1);
        if (from >= to) {
            throw new IntrinsicException(
                    "Invalid arguments in States.MathRandom: the end must be greater than the start");
        }
        var source = arguments.count() == 3 ? new Random(arguments.integer(2)) : random;
        return source.nextLong(from, to);
    }

    /// The members of both objects; of equal names the second's. The service merges no deeper.
    static Map<String, @Nullable Object> merge(Arguments arguments) throws IntrinsicException {
        if (arguments.bool(2)) {
            throw new IntrinsicException("Invalid arguments in States.JsonMerge: deep merging is not supported");
        }
        var merged = new LinkedHashMap<String, @Nullable Object>();
        arguments.object(0).forEach((key, value) -> merged.put((String) key, value));
        arguments.object(1).forEach((key, value) -> merged.put((String) key, value));
        return merged;
    }
}
