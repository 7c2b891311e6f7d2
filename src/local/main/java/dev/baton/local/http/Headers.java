package dev.baton.local.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// HTTP headers in their order; names are compared without case.
public final class Headers {
    private final List<String> names;
    private final List<String> values;

    public Headers() {
        this(12);
    }

    public Headers(int expected) {
        names = new ArrayList<>(expected);
        values = new ArrayList<>(expected);
    }

    /// Names and values in turn.
    public static Headers of(String... namesAndValues) {
        var headers = new Headers(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    public Headers add(String name, String value) {
        names.add(name);
        values.add(value);
        return this;
    }

    /// Replaces the first header of that name, or adds it.
    public Headers set(String name, String value) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                values.set(i, value);
                return this;
            }
        }
        return add(name, value);
    }

    /// Adds the header unless the value is absent.
    public Headers addIf(String name, @Nullable String value) {
        return value == null ? this : add(name, value);
    }

    /// The first value.
    public @Nullable String get(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return values.get(i);
            }
        }
        return null;
    }

    public String get(String name, String otherwise) {
        var value = get(name);
        return value == null ? otherwise : value;
    }

    public boolean has(String name) {
        return get(name) != null;
    }

    public List<String> all(String name) {
        var found = new ArrayList<String>(1);
        each((other, value) -> {
            if (other.equalsIgnoreCase(name)) {
                found.add(value);
            }
        });
        return found;
    }

    public void each(BiConsumer<String, String> visitor) {
        for (int i = 0; i < names.size(); i++) {
            visitor.accept(names.get(i), values.get(i));
        }
    }

    public int size() {
        return names.size();
    }

    /// The names only: values may hold secrets.
    @Override
    public String toString() {
        return names.toString();
    }
}
