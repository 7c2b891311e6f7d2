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
    /// The library throws these as texts without a code.
    private static final List<Map.Entry<String, String>> CODES = List.of(
            Map.entry("Formatting or parsing an integer as a sequence", "D3130"),
            Map.entry("In a decimal digit pattern", "D3131"),
            Map.entry("Unknown component specifier", "D3132"),
            Map.entry("The 'name' modifier", "D3133"),
            Map.entry("The timezone integer format", "D3134"),
            Map.entry("No matching closing bracket", "D3135"),
            Map.entry("The date/time picture string is missing", "D3136"));

    private static final String UNFORESEEN = "D1000";

    /// Stand where the library would put the first and the second value into one of its texts.
    private static final String FIRST = "\u0001";

    private static final String SECOND = "\u0002";
    private static final Pattern LATER = Pattern.compile("\\{\\{\\w+}}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private Failures() {}

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
                if (message.contains(code.getKey())) {
                    return new JsonataException(code.getValue(), message.substring(message.indexOf(code.getKey())), -1);
                }
            }
            if (t instanceof NumberFormatException) {
                return new JsonataException("D3030", "Unable to cast value to a number: " + message, -1);
            }
        }
        return new JsonataException(
                UNFORESEEN,
                "The expression cannot be evaluated: "
                        + Objects.requireNonNullElse(
                                thrown.getMessage(), thrown.getClass().getSimpleName()),
                -1);
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

    /// What the parser throws: mostly its own exception, and at the end of some texts Java's.
    static JsonataException ofParser(Throwable thrown, String text) {
        return switch (thrown) {
            case JException e -> library(e, null);
            case StackOverflowError e -> new JsonataException("S0500", "The expression nests too deep", 0);
            case PatternSyntaxException e ->
                new JsonataException("S0303", "No regular expression: " + e.getDescription(), -1);
            default -> new JsonataException("S0203", "Unexpected end of expression", text.length());
        };
    }
}
