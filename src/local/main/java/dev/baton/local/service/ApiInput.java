package dev.baton.local.service;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of a request, or of an object in one, by the names that AWS's model has for them.
///
/// A member of another type than is asked for counts as absent. Values that break a constraint are a [Violation].
public record ApiInput(Map<?, ?> members) {

    public static ApiInput of(@Nullable Object value) {
        return new ApiInput(value instanceof Map<?, ?> map ? map : Map.of());
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

    public String require(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw Violation.missing(name).error();
    }

    public @Nullable Number number(String name) {
        return members.get(name) instanceof Number number ? number : null;
    }

    /// A whole number, or null.
    public @Nullable Integer integer(String name) {
        return members.get(name) instanceof Number number ? (Integer) number.intValue() : null;
    }

    public int integer(String name, int otherwise) {
        return members.get(name) instanceof Number number ? number.intValue() : otherwise;
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

    public List<ApiInput> objects(String name) {
        return list(name).stream().map(ApiInput::of).toList();
    }

    /// An object, without members where it is absent.
    public ApiInput object(String name) {
        return of(members.get(name));
    }

    /// An object, or null.
    public @Nullable ApiInput objectIf(String name) {
        return members.get(name) instanceof Map<?, ?> map ? new ApiInput(map) : null;
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
