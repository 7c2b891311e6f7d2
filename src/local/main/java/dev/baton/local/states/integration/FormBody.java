package dev.baton.local.states.integration;

import dev.baton.json.Json;
import dev.baton.local.http.PercentCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// JSON as a form, as `Transform` has it: `a[b]=1`, and arrays in one of four ways.
enum FormBody {
    /// `array[0]=a&array[1]=b`.
    INDICES,
    /// `array=a&array=b`.
    REPEAT,
    /// `array=a,b`.
    COMMAS,
    /// `array[]=a&array[]=b`.
    BRACKETS;

    String of(Map<?, ?> body) {
        var text = new StringBuilder();
        body.forEach((name, value) -> add(String.valueOf(name), value, text));
        return text.toString();
    }

    private void add(String name, @Nullable Object value, StringBuilder into) {
        switch (value) {
            case Map<?, ?> map -> map.forEach((key, member) -> add(name + "[" + key + "]", member, into));
            case List<?> list -> addAll(name, list, into);
            case null -> pair(name, "", into);
            default -> pair(name, text(value), into);
        }
    }

    private void addAll(String name, List<?> list, StringBuilder into) {
        if (this == COMMAS) {
            pair(name, list.stream().map(FormBody::text).collect(Collectors.joining(",")), into);
            return;
        }
        for (var i = 0; i < list.size(); i++) {
            var at = switch (this) {
                case INDICES -> name + "[" + i + "]";
                case BRACKETS -> name + "[]";
                case REPEAT, COMMAS -> name;
            };
            add(at, list.get(i), into);
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : Json.print(value);
    }

    private static void pair(String name, String value, StringBuilder into) {
        into.append(into.isEmpty() ? "" : "&");
        PercentCode.encode(name, false, into);
        into.append('=');
        PercentCode.encode(value, false, into);
    }
}
