package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The arguments that a function takes: `<s-nn?:s>` in JSONata's notation.
///
/// Ours knows JSON's null, which the library's takes for *undefined*.
/// See [function signatures](https://docs.jsonata.org/programming#function-signatures).
final class Signature {
    private static final Map<Character, String> TYPE_NAMES =
            Map.of('a', "arrays", 'b', "booleans", 'f', "functions", 'n', "numbers", 'o', "objects", 's', "strings");

    private final List<Parameter> parameters = new ArrayList<>();
    private final Pattern whole;

    /// @param one the pattern for one argument, in the letters of [#letter]
    /// @param repeat `?`, `+` or nothing
    /// @param context whether the context stands in for it when it is missing
    /// @param element the type of the elements, for arrays; 0 for any
    private record Parameter(char type, String one, String repeat, boolean context, char element) {
        String pattern() {
            return "(" + one + repeat + ")";
        }
    }

    Signature(String text) {
        for (var i = 1; i < text.length() && text.charAt(i) != ':' && text.charAt(i) != '>'; i++) {
            var symbol = text.charAt(i);
            switch (symbol) {
                case 's', 'n', 'b', 'o' -> add(symbol, "[" + symbol + "m]");
                case 'a' -> add('a', "[asnblfom]");
                case 'f' -> add('f', "f");
                case 'j' -> add('j', "[asnblom]");
                case 'x' -> add('x', "[asnblfom]");
                case '-' ->
                    last(parameter -> new Parameter(parameter.type(), parameter.one(), "?", true, parameter.element()));
                case '?', '+' ->
                    last(parameter -> new Parameter(
                            parameter.type(),
                            parameter.one(),
                            String.valueOf(symbol),
                            parameter.context(),
                            parameter.element()));
                case '(' -> {
                    var end = text.indexOf(')', i);
                    add('(', "[" + text.substring(i + 1, end) + "m]");
                    i = end;
                }
                case '<' -> {
                    var element = text.charAt(i + 1);
                    var end = text.indexOf('>', i);
                    last(parameter -> parameter.type() == 'a'
                            ? new Parameter(
                                    parameter.type(), parameter.one(), parameter.repeat(), parameter.context(), element)
                            : parameter);
                    i = end;
                }
                default -> throw new IllegalArgumentException(text);
            }
        }
        var pattern = new StringBuilder();
        parameters.forEach(parameter -> pattern.append(parameter.pattern()));
        whole = Pattern.compile(pattern.toString());
    }

    private void add(char type, String one) {
        parameters.add(new Parameter(type, one, "", false, '\0'));
    }

    private void last(UnaryOperator<Parameter> change) {
        parameters.set(parameters.size() - 1, change.apply(parameters.getLast()));
    }

    int size() {
        return parameters.size();
    }

    private static char letter(@Nullable Object value) {
        if (value == ValueConversion.NULL) {
            return 'l';
        }
        return switch (value) {
            case null -> 'm';
            case String string -> 's';
            case Number number -> 'n';
            case Boolean bool -> 'b';
            case List<?> list -> 'a';
            case Map<?, ?> map -> 'o';
            default -> 'f';
        };
    }

    /// The arguments that the function gets: completed by the context, single values as arrays where it wants arrays,
    /// `null` where nothing was given.
    ///
    /// @throws JException `T0410` or `T0411`
    /// @throws JsonataException `T0412`
    List<@Nullable Object> validate(List<?> arguments, @Nullable Object context, String function) {
        var letters = new StringBuilder();
        arguments.forEach(argument -> letters.append(letter(argument)));
        var match = whole.matcher(letters);
        if (!match.matches()) {
            throw new JException("T0410", -1, firstBad(letters.toString()), function);
        }
        var result = new ArrayList<@Nullable Object>(parameters.size());
        var next = 0;
        for (var i = 0; i < parameters.size(); i++) {
            var parameter = parameters.get(i);
            var matched = match.group(i + 1);
            if (matched.isEmpty()) {
                result.add(parameter.context() ? fromContext(parameter, context, next, function) : null);
            }
            for (var k = 0; k < matched.length(); k++) {
                var argument = arguments.get(next++);
                result.add(
                        parameter.type() == 'a' && argument != null
                                ? array(parameter, argument, next, function)
                                : argument);
            }
        }
        return result;
    }

    private static @Nullable Object fromContext(
            Parameter parameter, @Nullable Object context, int index, String function) {
        if (!Pattern.matches(parameter.one(), String.valueOf(letter(context)))) {
            throw new JException("T0411", -1, index + 1, function);
        }
        return context;
    }

    private static List<?> array(Parameter parameter, Object argument, int index, String function) {
        var array = argument instanceof List<?> list ? list : List.of(argument);
        if (parameter.element() != '\0') {
            for (var element : array) {
                if (letter(element == null ? ValueConversion.NULL : element) != parameter.element()) {
                    throw Failures.coded("T0412", -1, index, function, TYPE_NAMES.get(parameter.element()));
                }
            }
        }
        return array;
    }

    /// The number, from 1, of the first argument that does not fit.
    private int firstBad(String letters) {
        var partial = new StringBuilder();
        var good = 0;
        for (var parameter : parameters) {
            partial.append(parameter.pattern());
            var match = Pattern.compile(partial.toString()).matcher(letters);
            if (!match.lookingAt()) {
                return good + 1;
            }
            good = match.end();
        }
        return good + 1;
    }
}
