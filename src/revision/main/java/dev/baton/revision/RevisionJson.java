package dev.baton.revision;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A revision as JSON, always with the same members in the same order. Its members `system`, `id`, `branch` and
/// `dirty` are those that completion records have.
public final class RevisionJson {
    /// What the JSON calls its own form. A reader refuses any other, and passes over members that it does not know.
    public static final long FORM = 1;

    private RevisionJson() {}

    /// Names at most [Revision#MOST_CHANGES] changed files, and says how many there are.
    public static Map<String, @Nullable Object> of(Revision revision) {
        var author = new LinkedHashMap<String, @Nullable Object>();
        author.put("name", revision.author().name());
        author.put("mail", revision.author().mail());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("form", FORM);
        json.put("system", revision.system());
        json.put("id", revision.id());
        json.put("branch", revision.branch());
        json.put("tags", revision.tags());
        json.put("author", author);
        json.put("time", revision.time().toString());
        json.put("message", revision.message());
        json.put("parents", revision.parents());
        json.put("dirty", revision.dirty());
        json.put("changed", (long) revision.changed());
        json.put(
                "changes",
                revision.changes().stream()
                        .limit(Revision.MOST_CHANGES)
                        .map(RevisionJson::change)
                        .toList());
        json.put("remote", revision.remote());
        return json;
    }

    private static Map<String, @Nullable Object> change(FileChange change) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("change", change.kind().word());
        json.put("path", change.path());
        return json;
    }

    /// @throws IllegalArgumentException with a sentence
    public static Revision parse(Map<String, @Nullable Object> json) {
        if (!(json.get("form") instanceof Long form) || form != FORM) {
            throw new IllegalArgumentException("\"form\" must be " + FORM + ", but was " + json.get("form"));
        }
        var system = text(json, "system");
        var id = text(json, "id");
        if (!List.of("git", "hg").contains(system)) {
            throw new IllegalArgumentException("\"system\" must be \"git\" or \"hg\", but was \"" + system + "\"");
        }
        if (!RevisionName.isWhole(id)) {
            throw new IllegalArgumentException("\"id\" must be 40 or 64 hexadecimal digits, but was \"" + id + "\"");
        }
        var author = object(json.get("author"), "author");
        return new Revision(
                system,
                id,
                text(json, "branch"),
                texts(json, "tags"),
                new Author(text(author, "name"), text(author, "mail")),
                time(text(json, "time")),
                text(json, "message"),
                texts(json, "parents"),
                flag(json, "dirty"),
                list(json, "changes").stream().map(RevisionJson::change).toList(),
                number(json, "changed"),
                text(json, "remote"));
    }

    private static FileChange change(@Nullable Object value) {
        var json = object(value, "changes");
        var word = text(json, "change");
        for (var kind : FileChange.Kind.values()) {
            if (kind.word().equals(word)) {
                return new FileChange(kind, text(json, "path"));
            }
        }
        throw new IllegalArgumentException("\"change\" is none that there is: \"" + word + "\"");
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"time\" must be a time, but was \"" + text + "\"", e);
        }
    }

    private static Map<String, @Nullable Object> object(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            var object = (Map<String, @Nullable Object>) map;
            return object;
        }
        throw mismatch(name, "an object");
    }

    private static String text(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw mismatch(name, "a string");
    }

    private static boolean flag(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw mismatch(name, "true or false");
    }

    private static int number(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw mismatch(name, "a whole number");
    }

    private static List<?> list(Map<String, @Nullable Object> json, String name) {
        if (json.get(name) instanceof List<?> list) {
            return list;
        }
        throw mismatch(name, "a list");
    }

    private static List<String> texts(Map<String, @Nullable Object> json, String name) {
        return list(json, name).stream()
                .map(element -> {
                    if (element instanceof String text) {
                        return text;
                    }
                    throw mismatch(name, "a list of strings");
                })
                .toList();
    }

    private static IllegalArgumentException mismatch(String name, String expected) {
        return new IllegalArgumentException("\"" + name + "\" must be " + expected);
    }
}
