package dev.baton.engine.internal.intrinsic;

import dev.baton.asl.path.IntrinsicFunction;
import dev.baton.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The evaluated arguments of a call, asked for by the type that the function needs.
final class Arguments {
    private final IntrinsicFunction function;
    private final @Nullable Object[] values;

    Arguments(IntrinsicFunction function, @Nullable Object[] values) {
        this.function = function;
        this.values = values;
    }

    int count() {
        return values.length;
    }

    @Nullable
    Object value(int index) {
        return values[index];
    }

    List<@Nullable Object> all() {
        return Arrays.asList(values.clone());
    }

    String text(int index) throws IntrinsicException {
        if (values[index] instanceof String text) {
            return text;
        }
        throw wrong(index, "a string");
    }

    List<?> array(int index) throws IntrinsicException {
        if (values[index] instanceof List<?> array) {
            return array;
        }
        throw wrong(index, "an array");
    }

    Map<?, ?> object(int index) throws IntrinsicException {
        if (values[index] instanceof Map<?, ?> object) {
            return object;
        }
        throw wrong(index, "a JSON object");
    }

    boolean bool(int index) throws IntrinsicException {
        if (values[index] instanceof Boolean bool) {
            return bool;
        }
        throw wrong(index, "a boolean");
    }

    /// A number; one that is not whole is rounded, halves upwards.
    long integer(int index) throws IntrinsicException {
        return switch (values[index]) {
            case Long number -> number;
            case Double number -> Math.round(number);
            case Number number -> number.longValue();
            case null -> throw wrong(index, "an integer");
            default -> throw wrong(index, "an integer");
        };
    }

    private IntrinsicException wrong(int index, String expected) {
        return new IntrinsicException("Invalid arguments in " + function.text() + ": expected " + expected
                + " as argument " + (index + 1) + ", but was " + Json.print(values[index]));
    }
}
