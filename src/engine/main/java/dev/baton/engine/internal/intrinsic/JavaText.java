package dev.baton.engine.internal.intrinsic;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The text of a JSON value as Java prints lists and maps: the service shows `{Id=…, Name=…}`, not JSON.
final class JavaText {
    private JavaText() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .map(member -> member.getKey() + "=" + of(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> array -> array.stream().map(JavaText::of).collect(Collectors.joining(", ", "[", "]"));
            case null -> "null";
            default -> String.valueOf(value);
        };
    }
}
