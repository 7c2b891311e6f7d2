package dev.baton.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints a value, on one line or one member a line.
final class Printer {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder text;
    private final boolean pretty;

    Printer(StringBuilder text, boolean pretty) {
        this.text = text;
        this.pretty = pretty;
    }

    void value(@Nullable Object value, int depth) {
        // No switch over types: the JVM makes a class for each at its first use, which a cold start waits for.
        if (value == null) {
            text.append("null");
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Boolean bool) {
            text.append(bool.booleanValue());
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            throw new IllegalArgumentException("JSON has no number " + number);
        } else if (value instanceof Number number) {
            text.append(number);
        } else if (value instanceof Map<?, ?> object) {
            object(object, depth);
        } else if (value instanceof List<?> array) {
            array(array, depth);
        } else {
            throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
    }

    private void object(Map<?, ?> object, int depth) {
        text.append('{');
        var first = true;
        for (var member : object.entrySet()) {
            separate(first, depth + 1);
            first = false;
            string((String) member.getKey());
            text.append(pretty ? ": " : ":");
            value(member.getValue(), depth + 1);
        }
        end(first, depth, '}');
    }

    private void array(List<?> array, int depth) {
        text.append('[');
        var first = true;
        for (var element : array) {
            separate(first, depth + 1);
            first = false;
            value(element, depth + 1);
        }
        end(first, depth, ']');
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            text.append(',');
        }
        if (pretty) {
            line(depth);
        }
    }

    private void end(boolean empty, int depth, char bracket) {
        if (pretty && !empty) {
            line(depth);
        }
        text.append(bracket);
    }

    private void line(int depth) {
        text.append('\n').repeat("  ", depth);
    }

    private void string(String string) {
        text.append('"');
        var start = 0;
        for (var i = 0; i < string.length(); i++) {
            var c = string.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            text.append(string, start, i);
            start = i + 1;
            escape(c);
        }
        text.append(string, start, string.length()).append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
