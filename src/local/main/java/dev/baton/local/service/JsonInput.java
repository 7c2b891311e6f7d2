package dev.baton.local.service;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the members of a JSON object: of a request, or of an object in one.
///
/// A member of another type than is asked for counts as absent. Values that break a constraint are a [Violation].
public record JsonInput(Map<?, ?> members) {

    public static JsonInput of(@Nullable Object value) {
        return new JsonInput(value instanceof Map<?, ?> map ? map : Map.of());
    }

    /// The object itself.
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> json() {
        return (Map<String, @Nullable Object>) members;
    }

    public @Nullable Object value(String name) {
        return members.get(name);
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public @Nullable String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    public String text(String name, String otherwise) {
        return members.get(name) instanceof String text ? text : otherwise;
    }

    /// @param longest in characters; the value is not repeated
    public @Nullable String text(String name, int longest) {
        var text = text(name);
        if (text != null && text.length() > longest) {
            throw Violation.of("", name, "have length less than or equal to " + longest)
                    .error();
        }
        return text;
    }

    public String require(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw Violation.missing(name).error();
    }

    /// As [#require], where the empty text is none.
    public String requireText(String name) {
        var text = require(name);
        if (text.isEmpty()) {
            throw Violation.missing(name).error();
        }
        return text;
    }

    /// One of the words that the API's model has, or null.
    public @Nullable String word(String name, String... words) {
        var text = text(name);
        if (text != null && !List.of(words).contains(text)) {
            throw Violation.ofWord(text, name, List.of(words)).error();
        }
        return text;
    }

    /// A number within its bounds, or null.
    public @Nullable Number number(String name, long least, long most) {
        if (!(members.get(name) instanceof Number number)) {
            return null;
        }
        if (number.doubleValue() < least || number.doubleValue() > most) {
            var below = number.doubleValue() < least;
            throw Violation.ofRange(number, name, below, below ? least : most).error();
        }
        return number;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    public boolean flag(String name, boolean otherwise) {
        return members.get(name) instanceof Boolean flag ? flag : otherwise;
    }

    /// @throws IllegalArgumentException where it is not base64
    public byte[] bytes(String name) {
        return Base64.getDecoder().decode(require(name));
    }

    public List<?> list(String name) {
        return members.get(name) instanceof List<?> list ? list : List.of();
    }

    public List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    public List<JsonInput> objects(String name) {
        return list(name).stream().map(JsonInput::of).toList();
    }

    /// An object, without members where it is absent.
    public JsonInput object(String name) {
        return of(members.get(name));
    }

    /// An object, or null.
    public @Nullable JsonInput objectIf(String name) {
        return members.get(name) instanceof Map<?, ?> map ? new JsonInput(map) : null;
    }

    /// `{"name": "value"}`.
    public Map<String, String> map(String name) {
        var map = new LinkedHashMap<String, String>();
        object(name).members.forEach((key, value) -> map.put(String.valueOf(key), String.valueOf(value)));
        return map;
    }

    /// `[{"Key": …, "Value": …}]`.
    ///
    /// @param key what the member is called that names
    public Map<String, String> pairs(String name, String key, String value) {
        var pairs = new LinkedHashMap<String, String>();
        objects(name).forEach(pair -> pairs.put(shown(pair.value(key)), shown(pair.value(value))));
        return pairs;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
