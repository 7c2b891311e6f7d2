package dev.baton.local.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An object in a file of the data folder, its members read as what they have to be.
///
/// What is missing, or is something else, is a `RuntimeException`: whoever reads the file tells of its place.
public record StoredJson(Map<String, @Nullable Object> members) {

    @SuppressWarnings("unchecked")
    private static StoredJson of(@Nullable Object value) {
        return new StoredJson((Map<String, @Nullable Object>) Objects.requireNonNull(value));
    }

    private Object required(String name) {
        return Objects.requireNonNull(members.get(name), name);
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public String text(String name) {
        return (String) required(name);
    }

    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    public @Nullable String textIf(String name) {
        return (String) members.get(name);
    }

    public long number(String name) {
        return ((Number) required(name)).longValue();
    }

    public int integer(String name) {
        return Math.toIntExact(number(name));
    }

    /// A whole number, 0 where it is absent.
    public int count(String name) {
        return has(name) ? integer(name) : 0;
    }

    public @Nullable Integer integerIf(String name) {
        return has(name) ? (Integer) integer(name) : null;
    }

    /// True or false; false where it is absent.
    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /// A moment, as text or as milliseconds since 1970.
    public Instant time(String name) {
        return required(name) instanceof Number millis
                ? Instant.ofEpochMilli(millis.longValue())
                : Instant.parse(text(name));
    }

    public @Nullable Instant timeIf(String name) {
        return has(name) ? time(name) : null;
    }

    public StoredJson object(String name) {
        return of(required(name));
    }

    /// An object as it is, which may be a caller's own; without members where it is absent.
    public Map<String, @Nullable Object> json(String name) {
        return has(name) ? object(name).members() : Map.of();
    }

    /// The items of a list; none where it is absent.
    public List<?> list(String name) {
        return has(name) ? (List<?>) required(name) : List.of();
    }

    public List<StoredJson> objects(String name) {
        return list(name).stream().map(StoredJson::of).toList();
    }

    public List<String> texts(String name) {
        return list(name).stream().map(String.class::cast).toList();
    }

    /// An object of texts; without members where it is absent.
    public Map<String, String> map(String name) {
        var map = new LinkedHashMap<String, String>();
        json(name).forEach((key, value) -> map.put(key, (String) Objects.requireNonNull(value, key)));
        return map;
    }
}
