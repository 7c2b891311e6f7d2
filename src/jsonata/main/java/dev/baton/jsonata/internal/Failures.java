package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import dev.baton.jsonata.JsonataException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    private Failures() {}

    static JsonataException of(Throwable thrown) {
        if (thrown instanceof StackOverflowError) {
            return new JsonataException(
                    Evaluation.LIMIT, "Stack overflow error: the expression nests or recurs too deep", -1);
        }
        for (var t = thrown; t != null; t = t.getCause()) {
            if (t instanceof JsonataException e) {
                return e;
            }
            if (t instanceof JException e) {
                return of(e);
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

    static JsonataException of(JException e) {
        var error = String.valueOf(e.getError());
        return error.matches("[A-Z][0-9]{4}")
                ? new JsonataException(error, String.valueOf(e.getMessage()), e.getLocation())
                : new JsonataException(Evaluation.LIMIT, error, e.getLocation());
    }

    /// What the parser throws: mostly its own exception, and at the end of some texts Java's.
    static JsonataException ofParser(Throwable thrown, String text) {
        return switch (thrown) {
            case JException e -> of(e);
            case StackOverflowError e -> new JsonataException("S0500", "The expression nests too deep", 0);
            case java.util.regex.PatternSyntaxException e ->
                new JsonataException("S0303", "No regular expression: " + e.getDescription(), -1);
            default -> new JsonataException("S0203", "Unexpected end of expression", text.length());
        };
    }
}
