package dev.baton.run;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.task.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The fields of a JSON object, each read strictly: what is missing or of another type ends in an [InvalidInput]
/// that says what was expected and what was there.
///
/// @param what how a sentence calls the object: `the execution's input`
public record StrictFields(String what, Map<String, @Nullable Object> values) {

    public static StrictFields of(String what, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            var values = (Map<String, @Nullable Object>) map;
            return new StrictFields(what, values);
        }
        throw new InvalidInput(what + " must be a JSON object, but was " + shown(value));
    }

    public static StrictFields parse(String what, byte[] utf8) {
        try {
            return of(what, Json.parse(utf8));
        } catch (JsonException e) {
            throw new InvalidInput(
                    what + " is not JSON (line " + e.line() + ", column " + e.column() + "): " + e.getMessage());
        }
    }

    /// Refuses fields that nobody reads: a misspelt one must not be lost in silence.
    public StrictFields only(String... names) {
        var unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw new InvalidInput(what + " has " + quoted(unknown) + ", but may only have " + quoted(List.of(names)));
        }
        return this;
    }

    public boolean has(String name) {
        return values.get(name) != null;
    }

    public String string(String name) {
        if (values.get(name) instanceof String text) {
            return text;
        }
        throw mismatch(name, "a string");
    }

    public Optional<String> maybeString(String name) {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    public long integer(String name) {
        if (values.get(name) instanceof Long number) {
            return number;
        }
        throw mismatch(name, "a whole number");
    }

    public boolean bool(String name) {
        if (values.get(name) instanceof Boolean bool) {
            return bool;
        }
        throw mismatch(name, "true or false");
    }

    public Instant instant(String name) {
        var text = string(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw mismatch(name, "a time such as 2026-11-22T04:52:08.123Z");
        }
    }

    /// The object in a field.
    public StrictFields object(String name) {
        if (values.get(name) instanceof Map<?, ?>) {
            return of("\"" + name + "\" of " + what, values.get(name));
        }
        throw mismatch(name, "an object");
    }

    public Optional<StrictFields> maybeObject(String name) {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /// The object in a field, whose values are all strings; empty where the field is missing.
    public Map<String, String> strings(String name) {
        if (!has(name)) {
            return Map.of();
        }
        return object(name).map(StrictFields::string);
    }

    /// The values of all fields, each read one way.
    public <T> Map<String, T> map(BiFunction<StrictFields, String, T> read) {
        var all = new LinkedHashMap<String, T>();
        for (var name : values.keySet()) {
            all.put(name, read.apply(this, name));
        }
        return Collections.unmodifiableMap(all);
    }

    public List<String> stringList(String name) {
        if (!(values.get(name) instanceof List<?> list)) {
            throw mismatch(name, "a list of strings");
        }
        var strings = new ArrayList<String>();
        for (var element : list) {
            if (!(element instanceof String text)) {
                throw mismatch(name, "a list of strings");
            }
            strings.add(text);
        }
        return List.copyOf(strings);
    }

    public List<StrictFields> objectList(String name) {
        if (!(values.get(name) instanceof List<?> list)) {
            throw mismatch(name, "a list of objects");
        }
        var objects = new ArrayList<StrictFields>();
        for (var element : list) {
            objects.add(of("each of \"" + name + "\" of " + what, element));
        }
        return List.copyOf(objects);
    }

    private InvalidInput mismatch(String name, String expected) {
        return values.containsKey(name)
                ? new InvalidInput(
                        "\"" + name + "\" of " + what + " must be " + expected + ", but was " + shown(values.get(name)))
                : new InvalidInput(what + " lacks \"" + name + "\", " + expected);
    }

    private static String quoted(Iterable<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }

    private static String shown(@Nullable Object value) {
        var text = Json.print(value);
        return text.length() <= 60 ? text : Json.typeName(value) + " " + text.substring(0, 57) + "...";
    }
}
