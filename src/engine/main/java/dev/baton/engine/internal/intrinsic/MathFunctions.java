package dev.baton.engine.internal.intrinsic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Intrinsic functions on numbers and objects.
final class MathFunctions {
    private MathFunctions() {}

    /// The developer guide (*Intrinsics for Math operations*) takes numbers of 32 bits; so has the sum to be one.
    static long add(Arguments arguments) throws IntrinsicException {
        return bits32(
                arguments,
                bits32(arguments, arguments.rounded(0)) + bits32(arguments, arguments.rounded(1)));
    }

    private static long bits32(Arguments arguments, long number) throws IntrinsicException {
        if (number != (int) number) {
            throw arguments.invalid();
        }
        return number;
    }

    /// From the first number on and below the second; a seed gives the same number always.
    static long random(Arguments arguments, RandomGenerator random) throws IntrinsicException {
        var from = arguments.integer(0);
        var to = arguments.integer(1);
        if (from >= to) {
            throw arguments.invalid();
        }
        var source = arguments.count() == 3 ? new Random(arguments.integer(2)) : random;
        return source.nextLong(from, to);
    }

    /// The members of both objects; of equal names the second's. The service merges no deeper, and refuses only the
    /// `true` that asks for it.
    static Map<String, @Nullable Object> merge(Arguments arguments) throws IntrinsicException {
        if (Boolean.TRUE.equals(arguments.value(2))) {
            throw arguments.invalid();
        }
        var merged = new LinkedHashMap<String, @Nullable Object>();
        arguments.object(0).forEach((key, value) -> merged.put((String) key, value));
        arguments.object(1).forEach((key, value) -> merged.put((String) key, value));
        return merged;
    }
}
