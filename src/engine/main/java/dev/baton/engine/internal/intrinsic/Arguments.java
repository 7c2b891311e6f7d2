package dev.baton.engine.internal.intrinsic;

import dev.baton.asl.path.IntrinsicFunction;
import dev.baton.engine.internal.failure.EvaluationEffort;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The evaluated arguments of a call, asked for by the type that the function needs.
final class Arguments {
    private final IntrinsicFunction function;
    private final @Nullable Object[] values;
    private final EvaluationEffort effort;

    /// @param effort what the function may use up
    Arguments(IntrinsicFunction function, @Nullable Object[] values, EvaluationEffort effort) {
        this.function = function;
        this.values = values;
        this.effort = effort;
    }

    EvaluationEffort effort() {
        return effort;
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
        throw invalid();
    }

    List<?> array(int index) throws IntrinsicException {
        if (values[index] instanceof List<?> array) {
            return array;
        }
        throw invalid();
    }

    Map<?, ?> object(int index) throws IntrinsicException {
        if (values[index] instanceof Map<?, ?> object) {
            return object;
        }
        throw invalid();
    }

    /// A number without what it has behind the point. The developer guide has it rounded; the service rounds for
    /// `States.MathAdd` alone.
    long integer(int index) throws IntrinsicException {
        return switch (values[index]) {
            case BigInteger number when number.bitLength() >= Long.SIZE -> throw invalid();
            case Number number -> number.longValue();
            case null -> throw invalid();
            default -> throw invalid();
        };
    }

    /// A number, rounded to a whole one, halves upwards.
    long rounded(int index) throws IntrinsicException {
        return values[index] instanceof Double number ? Math.round(number) : integer(index);
    }

    /// The failure of a function that takes no such arguments.
    IntrinsicException invalid() {
        return IntrinsicException.invalidArguments(function);
    }
}
