package dev.baton.engine.internal.intrinsic;

import dev.baton.asl.path.IntrinsicFunction;
import dev.baton.engine.internal.failure.EvaluationEffort;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The intrinsic functions by their names.
public final class IntrinsicFunctions {
    private IntrinsicFunctions() {}

    /// The value of a function for arguments that are evaluated.
    ///
    /// @param effort what it may use up
    public static @Nullable Object apply(
            IntrinsicFunction function, @Nullable Object[] values, EvaluationEffort effort, RandomGenerator random)
            throws IntrinsicException {
        var arguments = new Arguments(function, values, effort);
        return switch (function) {
            case FORMAT -> StringFunctions.format(arguments);
            case STRING_SPLIT -> StringFunctions.split(arguments);
            case STRING_TO_JSON -> StringFunctions.toJson(arguments);
            case JSON_TO_STRING -> StringFunctions.ofJson(arguments, 0);
            case BASE64_ENCODE -> StringFunctions.encode(arguments);
            case BASE64_DECODE -> StringFunctions.decode(arguments);
            case HASH -> StringFunctions.hash(arguments);
            case ARRAY -> arguments.all();
            case ARRAY_PARTITION -> ArrayFunctions.partition(arguments);
            case ARRAY_CONTAINS -> ArrayFunctions.contains(arguments);
            case ARRAY_RANGE -> ArrayFunctions.range(arguments);
            case ARRAY_GET_ITEM -> ArrayFunctions.item(arguments);
            case ARRAY_LENGTH -> (long) arguments.array(0).size();
            case ARRAY_UNIQUE -> ArrayFunctions.unique(arguments);
            case JSON_MERGE -> MathFunctions.merge(arguments);
            case MATH_ADD -> MathFunctions.add(arguments);
            case MATH_RANDOM -> MathFunctions.random(arguments, random);
            case UUID -> GeneratedNames.uuid(random);
        };
    }
}
