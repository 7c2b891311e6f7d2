package dev.baton.jsonata.internal;

import com.dashjoin.jsonata.JException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The texts that `$string` and `&` make of values: JSON as ECMAScript prints it, numbers with at most 15 digits.
final class TextConversion {
    private static final MathContext DIGITS = new MathContext(15);
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;
    private final Evaluation evaluation;

    private TextConversion(boolean pretty, Evaluation evaluation) {
        this.pretty = pretty;
        this.evaluation = evaluation;
    }

    /// The value as `$string` has it; a function is the empty string.
    static String of(@Nullable Object value, boolean pretty, Evaluation evaluation) {
        return switch (value) {
            case String string -> string;
            case Number number -> number(number);
            case Boolean bool -> bool.toString();
            case null, default -> {
                if (Evaluation.isFunction(value)) {
                    yield "";
                }
                var text = new TextConversion(pretty, evaluation);
                text.value(value, 0);
                yield text.out.toString();
            }
        };
    }

    static String number(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return number.toString();
        }
        var value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new JException("D3001", -1, value);
        }
        return ecmaScript(new BigDecimal(value).round(DIGITS).doubleValue());
    }

    /// Digits without exponent between 1e-7 and 1e21, else with one.
    private static String ecmaScript(double value) {
        if (value == 0) {
            return "0";
        }
        var shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        var magnitude = Math.abs(value);
        if (magnitude >= 1e-6 && magnitude < 1e21) {
            return shortest.toPlainString();
        }
        var digits = shortest.unscaledValue().abs().toString();
        var exponent = digits.length() - 1 - shortest.scale();
        return (value < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e"
                + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    private void value(@Nullable Object value, int depth) {
        evaluation.tick();
        evaluation.checkLength(out.length());
        if (value == null || value == ValueConversion.NULL) {
            out.append("null");
            return;
        }
        switch (value) {
            case String string -> string(string);
            case Number number -> out.append(number(number));
            case Boolean bool -> out.append(bool.booleanValue());
            case Map<?, ?> map -> object(map, depth);
            case List<?> list -> array(list, depth);
            default -> out.append("\"\"");
        }
    }

    private void object(Map<?, ?> map, int depth) {
        out.append('{');
        var first = true;
        for (var member : map.entrySet()) {
            next(first, depth + 1);
            first = false;
            string(String.valueOf(member.getKey()));
            out.append(pretty ? ": " : ":");
            value(member.getValue(), depth + 1);
        }
        end(first, depth, '}');
    }

    private void array(List<?> list, int depth) {
        out.append('[');
        var first = true;
        for (var element : list) {
            next(first, depth + 1);
            first = false;
            value(element, depth + 1);
        }
        end(first, depth, ']');
    }

    private void next(boolean first, int depth) {
        if (!first) {
            out.append(',');
        }
        if (pretty) {
            out.append('\n').repeat("  ", depth);
        }
    }

    private void end(boolean empty, int depth, char bracket) {
        if (pretty && !empty) {
            out.append('\n').repeat("  ", depth);
        }
        out.append(bracket);
    }

    private void string(String string) {
        out.append('"');
        for (var i = 0; i < string.length(); i++) {
            var c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
