package dev.baton.asl.path;

import java.util.ArrayList;

/// Reads intrinsic function calls.
final class IntrinsicParser {
    private final Scanner in;
    private int depth;

    IntrinsicParser(String text) {
        in = new Scanner(text);
    }

    IntrinsicCall wholeCall() {
        var call = call();
        in.blanks();
        if (!in.atEnd()) {
            throw in.problem("expected the end of the call");
        }
        return call;
    }

    private IntrinsicCall call() {
        if (++depth > IntrinsicCall.MAX_DEPTH) {
            throw in.problem("calls nest at most " + IntrinsicCall.MAX_DEPTH + " deep");
        }
        var start = in.offset();
        while (!in.atEnd() && (Character.isLetterOrDigit(in.peek()) || in.peek() == '.' || in.peek() == '_')) {
            in.advance();
        }
        var name = in.since(start);
        var function = IntrinsicFunction.of(name)
                .orElseThrow(() -> new PathSyntaxException("no path and no intrinsic function: '" + name + "'", start));
        in.blanks();
        in.expect('(');
        var arguments = new ArrayList<IntrinsicCall.Argument>();
        var written = new ArrayList<String>();
        in.blanks();
        if (!in.skip(')')) {
            do {
                in.blanks();
                var begin = in.offset();
                arguments.add(argument());
                written.add(in.since(begin));
                in.blanks();
            } while (in.skip(','));
            in.expect(')');
        }
        if (!function.takes(arguments.size())) {
            throw new PathSyntaxException(
                    name + " takes " + function.arity() + " arguments, but was given " + arguments.size(), start);
        }
        for (var i = 0; i < arguments.size(); i++) {
            if (!function.allows(i, arguments.get(i))) {
                throw new PathSyntaxException(
                        name + " takes a number as argument " + (i + 1) + ", but was given " + written.get(i), start);
            }
        }
        depth--;
        return new IntrinsicCall(in.since(start), function, arguments);
    }

    private IntrinsicCall.Argument argument() {
        if (in.atEnd()) {
            throw in.problem("expected an argument");
        }
        return switch (in.peek()) {
            case '\'' -> string();
            case '$' -> new IntrinsicCall.Argument.Path(PathParser.argument(in));
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                new IntrinsicCall.Argument.Numeric(in.number());
            default -> word();
        };
    }

    private IntrinsicCall.Argument word() {
        if (in.skip("true")) {
            return new IntrinsicCall.Argument.Bool(true);
        }
        if (in.skip("false")) {
            return new IntrinsicCall.Argument.Bool(false);
        }
        if (in.skip("null")) {
            return new IntrinsicCall.Argument.Null();
        }
        return new IntrinsicCall.Argument.Call(call());
    }

    /// Only `\'`, `\{`, `\}` and `\\` are escapes; the service refuses a backslash before anything else.
    private IntrinsicCall.Argument string() {
        in.expect('\'');
        var start = in.offset();
        var value = new StringBuilder();
        while (!in.atEnd() && in.peek() != '\'') {
            if (in.skip('\\')) {
                if (in.atEnd() || "'{}\\".indexOf(in.peek()) < 0) {
                    throw in.problem("after a backslash expected one of ' { } \\");
                }
            }
            value.append(in.peek());
            in.advance();
        }
        var raw = in.since(start);
        in.expect('\'');
        return new IntrinsicCall.Argument.Text(value.toString(), raw);
    }
}
