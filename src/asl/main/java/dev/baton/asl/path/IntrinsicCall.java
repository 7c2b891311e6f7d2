package dev.baton.asl.path;

import java.util.List;

/// A call of an intrinsic function, such as `States.Format('{} is here', $.name)`.
///
/// @param text as written
public record IntrinsicCall(String text, IntrinsicFunction function, List<Argument> arguments)
        implements PathExpression {

    /// The bound on calls inside calls, which keeps our recursion finite; the service documents fewer in a field.
    public static final int MAX_DEPTH = 64;

    public IntrinsicCall {
        arguments = List.copyOf(arguments);
    }

    /// The number of functions that it calls, itself among them.
    public int calls() {
        var calls = 1;
        for (var argument : arguments) {
            if (argument instanceof Argument.Call(var inner)) {
                calls += inner.calls();
            }
        }
        return calls;
    }

    /// An argument of a function.
    public sealed interface Argument {
        /// A string in single quotes.
        ///
        /// @param value the characters it stands for, escapes resolved
        /// @param raw the characters between the quotes, in which the placeholder `{}` of `States.Format` still
        ///     differs from the escaped braces `\{\}`
        record Text(String value, String raw) implements Argument {}

        /// A [Long], [java.math.BigInteger] or [Double].
        record Numeric(Number value) implements Argument {}

        record Bool(boolean value) implements Argument {}

        record Null() implements Argument {}

        record Path(JsonPath path) implements Argument {}

        record Call(IntrinsicCall call) implements Argument {}
    }

    /// Reads a call.
    ///
    /// @throws PathSyntaxException when the service would refuse it: no call, an unknown function, a wrong number
    ///     of arguments
    public static IntrinsicCall parse(String text) {
        return new IntrinsicParser(text).wholeCall();
    }
}
