package dev.baton.local.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of the values in a file of the data folder.
///
/// The table is `stored.txt`: a file, the place of an object in it (`.` for the whole, `[]` for each item of a list, `*`
/// for any name), and the types of its members. What the table does not have may be anything: it is a caller's own.
final class StoredShape {
    private static final Map<String, StoredShape> READ = read();

    private final Map<String, String> types = new HashMap<>();

    private StoredShape() {}

    /// @param file the name of a file, without its folder
    static StoredShape of(String file) {
        return READ.getOrDefault(file, new StoredShape());
    }

    private static Map<String, StoredShape> read() {
        var read = new HashMap<String, StoredShape>();
        try (var table = StoredShape.class.getResourceAsStream("stored.txt")) {
            if (table == null) {
                throw new IllegalStateException("stored.txt is not there");
            }
            new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                var words = List.of(line.split(" "));
                var types = read.computeIfAbsent(words.get(0), key -> new StoredShape()).types;
                var prefix = words.get(1).equals(".") ? "" : words.get(1) + ".";
                for (var word : words.subList(2, words.size())) {
                    int equals = word.indexOf('=');
                    types.put(prefix + word.substring(0, equals), word.substring(equals + 1));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    /// What is wrong with a value of the content and where that is; nothing where all have their types. Values
    /// themselves are not repeated: they may be secrets.
    @Nullable
    String problem(Map<String, ? extends @Nullable Object> content) {
        return problem("", "", content);
    }

    private @Nullable String problem(String place, String known, @Nullable Object value) {
        var type = types.get(known);
        if (value == null) {
            return null;
        }
        if (type != null && !type.equals(typeOf(value))) {
            return "%s is %s, and not %s".formatted(place, words(typeOf(value)), words(type));
        }
        switch (value) {
            case Map<?, ?> map -> {
                for (var member : map.entrySet()) {
                    var name = String.valueOf(member.getKey());
                    var prefix = known.isEmpty() ? "" : known + ".";
                    var inner = types.containsKey(prefix + name) ? prefix + name : prefix + "*";
                    var found = problem(place.isEmpty() ? name : place + "." + name, inner, member.getValue());
                    if (found != null) {
                        return found;
                    }
                }
            }
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    var found = problem(place + "[" + i + "]", known + "[]", list.get(i));
                    if (found != null) {
                        return found;
                    }
                }
            }
            default -> {}
        }
        return null;
    }

    private static String typeOf(Object value) {
        return switch (value) {
            case String text -> "text";
            case Number number -> "number";
            case Boolean flag -> "flag";
            case List<?> list -> "list";
            default -> "object";
        };
    }

    private static String words(String type) {
        return switch (type) {
            case "flag" -> "true or false";
            case "object" -> "an object";
            default -> "a " + type;
        };
    }
}
