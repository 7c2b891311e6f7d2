package dev.baton.engine.internal.query;

import dev.baton.asl.path.IntrinsicCall;
import dev.baton.asl.path.IntrinsicCall.Argument;
import dev.baton.asl.path.IntrinsicFunction;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.intrinsic.IntrinsicException;
import dev.baton.engine.internal.intrinsic.IntrinsicFunctions;
import dev.baton.engine.internal.path.MissingValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call of an intrinsic function, its paths and inner calls ready to run.
final class CompiledCall implements Evaluable {
    private final IntrinsicCall call;
    private final List<Source> arguments;

    private CompiledCall(IntrinsicCall call) {
        this.call = call;
        this.arguments = sources(call);
    }

    private static List<Source> sources(IntrinsicCall call) {
        var sources = new ArrayList<Source>();
        for (var argument : call.arguments()) {
            // In the template of States.Format an escaped brace is not a placeholder, so that the escapes still matter.
            var template = call.function() == IntrinsicFunction.FORMAT && sources.isEmpty();
            sources.add(
                    template && argument instanceof Argument.Text text
                            ? new Source.Given(text.raw())
                            : Source.of(argument));
        }
        return sources;
    }

    static CompiledCall of(IntrinsicCall call) {
        return new CompiledCall(call);
    }

    /// The function's value for this moment.
    ///
    /// @throws StateFailure when it has none
    @Override
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
        return IntrinsicFunctions.apply(
                call.function(), values, at.effort(), at.surroundings().random());
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

    /// The source of an argument.
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
