package dev.baton.engine.replay;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads members of JSON objects whose shape is known.
final class RecordingMembers {
    private RecordingMembers() {}

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }

    static Map<String, @Nullable Object> object(Map<String, ?> of, String name) {
        return object(of.get(name));
    }

    static List<?> array(Map<String, ?> of, String name) {
        return of.get(name) instanceof List<?> list ? list : List.of();
    }

    static String text(Map<String, ?> of, String name, String otherwise) {
        return of.get(name) instanceof String text ? text : otherwise;
    }

    static @Nullable String textOrNull(Map<String, ?> of, String name) {
        return of.get(name) instanceof String text ? text : null;
    }

    static int integer(Map<String, ?> of, String name) {
        return of.get(name) instanceof Number number ? number.intValue() : 0;
    }

    static List<String> texts(Map<String, ?> of, String name) {
        return array(of, name).stream().map(String::valueOf).toList();
    }
}
