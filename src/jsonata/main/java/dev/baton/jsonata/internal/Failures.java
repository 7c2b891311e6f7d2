package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import dev.baton.json.Json;
import dev.baton.jsonata.evaluation.EvaluationStoppedException;
import dev.baton.jsonata.evaluation.JsonataException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Turns what the library throws into what we promise to throw.
final class Failures {
    /// The library throws these as texts without a code, and with a value that is not quoted.
    private static final List<Map.Entry<String, Pattern>> CODES = List.of(
            code("D3130", "Formatting or parsing an integer as a sequence starting with (.*) is not supported.*"),
            code("D3131", "In a decimal digit pattern.*"),
            code("D3132", "Unknown component specifier (.*) in date/time picture string"),
            code("D3133", "The 'name' modifier can only be applied .* picture string, not (.*)"),
            code("D3134", "The timezone integer format.*"),
            code("D3135", "No matching closing bracket.*"),
            code("D3136", "The date/time picture string is missing.*"));

    /// Stand where the library would put the first and the second value into one of its texts.
    private static final String FIRST = "\u0001";

    private static final String SECOND = "\u0002";
    private static final Pattern LATER = Pattern.compile("\\{\\{\\w+}}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private Failures() {}

    private static Map.Entry<String, Pattern> code(String code, String text) {
        return Map.entry(code, Pattern.compile(text, Pattern.DOTALL));
    }

    static JsonataException of(Throwable thrown, Evaluation evaluation) {
        if (thrown instanceof StackOverflowError) {
            return new JsonataException(Evaluation.LIMIT, Evaluation.STACK_OVERFLOW, -1);
        }
        for (var t = thrown; t != null; t = t.getCause()) {
            if (t instanceof EvaluationStoppedException e) {
                throw e;
            }
            if (t instanceof JsonataException e) {
                return e;
            }
            if (t instanceof JException e) {
                return library(e, evaluation.comparison());
            }
        }
        for (var t = thrown; t != null; t = t.getCause()) {
            var message = String.valueOf(t.getMessage());
            for (var code : CODES) {
                var text = code.getValue().matcher(message);
                if (text.find()) {
                    return new JsonataException(code.getKey(), quoted(message, text), -1);
                }
            }
            if (t instanceof NumberFormatException) {
                return new JsonataException("D3030", "Unable to cast value to a number: " + message, -1);
            }
        }
        return new JsonataException(
                JsonataException.INTERNAL,
                Objects.requireNonNullElse(
                        thrown.getMessage(), thrown.getClass().getSimpleName()),
                -1);
    }

    /// The text that was found, with the value in it as JSON.
    private static String quoted(String message, Matcher found) {
        return found.groupCount() == 0
                ? found.group()
                : message.substring(found.start(), found.start(1))
                        + Json.print(found.group(1))
                        + message.substring(found.end(1), found.end());
    }

    private static JsonataException library(JException e, @Nullable String operator) {
        var error = String.valueOf(e.getError());
        return error.matches("[A-Z][0-9]{4}")
                ? coded(error, e.getLocation(), e.getCurrent(), e.getExpected(), operator)
                : new JsonataException(Evaluation.LIMIT, error, e.getLocation());
    }

    /// A failure in the words of JSONata's own implementation, which are the service's as well. In the library's copy
    /// of them *function* became *Object*, a third value is not put in, and numbers are quoted.
    ///
    /// @param values in the order in which the text has them
    static JsonataException coded(String code, int position, @Nullable Object... values) {
        var text = JException.msg(code, -1, FIRST, SECOND)
                .replace("Object", "function")
                .replace('"' + FIRST + '"', FIRST)
                .replace('"' + SECOND + '"', SECOND);
        text = QUOTED.matcher(text).replaceAll("'$1'");
        text = LATER.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(json(values.length > 2 ? values[2] : null)));
        return new JsonataException(
                code,
                text.replace("${" + FIRST + "}", "$" + values[0])
                        .replace(FIRST, text.equals(FIRST) ? String.valueOf(values[0]) : json(values[0]))
                        .replace(SECOND, json(values[1])),
                position);
    }

    private static String json(@Nullable Object value) {
        return switch (value) {
            case null -> "undefined";
            case Number number when !Double.isFinite(number.doubleValue()) -> "null";
            case Number number -> TextConversion.number(number);
            case Boolean bool -> bool.toString();
            case String string -> Json.print(string);
            case Object other
            when other == ValueConversion.NULL || other instanceof Map || other instanceof List ->
                Json.print(ValueConversion.plain(other));
            default -> Json.print(value.toString());
        };
    }

    /// The failure for what the parser throws: mostly its own exception, and at the end of some texts Java's.
    static JsonataException ofParser(Throwable thrown, String text) {
        return switch (thrown) {
            case JException e -> library(e, null);
            case StackOverflowError e -> new JsonataException("S0500", "The expression nests too deep", 0);
            case PatternSyntaxException e ->
                new JsonataException("S0303", "Not a regular expression: " + e.getDescription(), -1);
            default -> new JsonataException("S0203", "Unexpected end of expression", text.length());
        };
    }
}
