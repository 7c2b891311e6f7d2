package dev.baton.engine.internal.intrinsic;

import dev.baton.asl.path.IntrinsicCall;
import dev.baton.asl.path.IntrinsicCall.Argument;
import dev.baton.asl.path.IntrinsicFunction;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.PathSource;
import dev.baton.engine.internal.run.GeneratedNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call of an intrinsic function, its paths and inner calls ready to run.
public final class CompiledCall {
    private final IntrinsicCall call;
    private final List<Source> arguments;

    private CompiledCall(IntrinsicCall call) {
        this.call = call;
        this.arguments = sources(call);
    }

    private static List<Source> sources(IntrinsicCall call) {
        var sources = new ArrayList<Source>();
        for (var argument : call.arguments()) {
            // In the template of States.Format an escaped brace is no placeholder, so that the escapes still matter.
            var template = call.function() == IntrinsicFunction.FORMAT && sources.isEmpty();
            sources.add(
                    template && argument instanceof Argument.Text text
                            ? new Source.Given(text.raw())
                            : Source.of(argument));
        }
        return sources;
    }

    public static CompiledCall of(IntrinsicCall call) {
        return new CompiledCall(call);
    }

    /// The function's value for this moment.
    ///
    /// @throws StateFailure when it has none
    public @Nullable Object evaluate(FieldScope at) {
        try {
            return value(at);
        } catch (IntrinsicException e) {
            // The specification names States.IntrinsicFailure; the service reports what nothing catches, and names
            // the whole expression whichever of its calls failed.
            throw StateFailure.runtime("The function '" + call.text() + "' had the following error: " + e.getMessage());
        }
    }

    private @Nullable Object value(FieldScope at) throws IntrinsicException {
        at.effort().take(arguments.size());
        var values = new @Nullable Object[arguments.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = argument(arguments.get(i), at);
        }
        return apply(values, at);
    }

    private static @Nullable Object argument(Source source, FieldScope at) throws IntrinsicException {
        return switch (source) {
            case Source.Given given -> given.value();
            case Source.Call inner -> inner.call().value(at);
            case Source.Path path -> {
                var value = path.source().find(at);
                if (value == MissingValue.MISSING) {
                    throw IntrinsicException.notFound(path.source().text(), at.input());
                }
                yield value;
            }
        };
    }

    private @Nullable Object apply(@Nullable Object[] values, FieldScope at) throws IntrinsicException {
        var arguments = new Arguments(call.function(), values, at.effort());
        return switch (call.function()) {
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
            case MATH_RANDOM ->
                MathFunctions.random(arguments, at.surroundings().random());
            case UUID -> GeneratedNames.uuid(at.surroundings().random());
        };
    }

    /// Where an argument comes from.
    private sealed interface Source {
        record Given(@Nullable Object value) implements Source {}

        record Path(PathSource source) implements Source {}

        record Call(CompiledCall call) implements Source {}

        static Source of(Argument argument) {
            return switch (argument) {
                case Argument.Text text -> new Given(text.value());
                case Argument.Numeric numeric -> new Given(numeric.value());
                case Argument.Bool bool -> new Given(bool.value());
                case Argument.Null none -> new Given(null);
                case Argument.Path path -> new Path(PathSource.of(path.path()));
                case Argument.Call inner -> new Call(CompiledCall.of(inner.call()));
            };
        }
    }
}
