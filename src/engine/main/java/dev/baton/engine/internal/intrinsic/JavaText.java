package dev.baton.engine.internal.intrinsic;

import dev.baton.engine.internal.failure.EvaluationEffort;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of a JSON value as Java prints lists and maps: the service shows `{Id=…, Name=…}`, not JSON.
final class JavaText {
    private JavaText() {}

    static String of(@Nullable Object value, EvaluationEffort effort) {
        var text = new StringBuilder();
        append(value, text, effort);
        return text.toString();
    }

    /// @param effort takes each character
    static void append(@Nullable Object value, StringBuilder text, EvaluationEffort effort) {
        switch (value) {
            case Map<?, ?> object -> {
                effort.take(2);
                text.append('{');
                var separator = "";
                for (var member : object.entrySet()) {
                    add(separator, text, effort);
                    add((String) member.getKey(), text, effort);
                    add("=", text, effort);
                    append(member.getValue(), text, effort);
                    separator = ", ";
                }
                text.append('}');
            }
            case List<?> array -> {
                effort.take(2);
                text.append('[');
                var separator = "";
                for (var element : array) {
                    add(separator, text, effort);
                    append(element, text, effort);
                    separator = ", ";
                }
                text.append(']');
            }
            case null -> add("null", text, effort);
            default -> add(String.valueOf(value), text, effort);
        }
    }

    private static void add(String piece, StringBuilder text, EvaluationEffort effort) {
        effort.take(piece.length());
        text.append(piece);
    }
}
