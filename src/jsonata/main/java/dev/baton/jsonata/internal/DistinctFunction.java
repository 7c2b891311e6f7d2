package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.Utils;
import com.dashjoin.jsonata.Utils.JList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `$distinct`. Java's hash codes of arrays are easily made equal by intent, and a set of such takes the square of its
/// size; here they are mixed with a number that nobody outside knows.
final class DistinctFunction {
    private static final long SALT = System.nanoTime() * 0x9E3779B97F4A7C15L;

    private DistinctFunction() {}

    static @Nullable Object of(List<@Nullable Object> arguments, Evaluation evaluation) {
        var value = arguments.get(0);
        if (!(value instanceof List<?> list) || list.size() <= 1) {
            return value;
        }
        var known = new LinkedHashSet<Element>();
        for (var element : list) {
            evaluation.tick();
            known.add(new Element(element, (int) (hash(element) >>> 32)));
        }
        var result = value instanceof JList<?> ? Utils.createSequence() : new ArrayList<@Nullable Object>();
        known.forEach(element -> result.add(element.value()));
        return result;
    }

    private record Element(@Nullable Object value, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Element element && element.hash == hash && Objects.equals(element.value, value);
        }
    }

    /// Equal for equal values; of objects whatever the order of their members.
    private static long hash(@Nullable Object value) {
        return switch (value) {
            case null -> SALT;
            case List<?> list -> {
                var sum = SALT;
                for (var element : list) {
                    sum = mixed(sum * 31 + hash(element));
                }
                yield sum;
            }
            case Map<?, ?> map -> {
                var sum = SALT;
                for (var member : map.entrySet()) {
                    sum += mixed(mixed(member.getKey().hashCode() + SALT) + hash(member.getValue()));
                }
                yield mixed(sum);
            }
            default -> mixed(value.hashCode() ^ SALT);
        };
    }

    private static long mixed(long bits) {
        var once = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        var twice = (once ^ once >>> 27) * 0x94D049BB133111EBL;
        return twice ^ twice >>> 31;
    }
}
