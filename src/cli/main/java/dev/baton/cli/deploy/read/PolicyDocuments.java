package dev.baton.cli.deploy.read;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Policy documents in one form, whoever printed them: statements by `Sid`, and what is a set as a sorted list.
public final class PolicyDocuments {
    /// The name of the one inline policy that a role has.
    public static final String OF_ROLE = "baton";

    private static final List<String> SETS = List.of("Action", "NotAction", "Resource", "NotResource");

    private PolicyDocuments() {}

    /// A document as IAM's API gives it, percent-coded, in its own form.
    ///
    /// @param place what it is the policy of
    static Map<String, @Nullable Object> document(String place, String coded) {
        // LocalStack and some emulators give it plain.
        return EndpointDocuments.object(
                place, coded.startsWith("%") ? URLDecoder.decode(coded, StandardCharsets.UTF_8) : coded);
    }

    /// The same in one form, whoever printed it.
    static Map<String, @Nullable Object> decoded(String place, String coded) {
        return normal(document(place, coded));
    }

    /// A document in the one form: its statements by `Sid`.
    static Map<String, @Nullable Object> normal(Map<String, @Nullable Object> document) {
        var normal = new LinkedHashMap<String, @Nullable Object>(document);
        var statements = new TreeMap<String, @Nullable Object>();
        var given = document.get("Statement") instanceof List<?> list
                ? list
                : List.of(document.getOrDefault("Statement", Map.of()));
        for (var i = 0; i < given.size(); i++) {
            if (given.get(i) instanceof Map<?, ?> statement) {
                var sid = statement.get("Sid") instanceof String text ? text : "number " + (i + 1);
                statements.put(sid, statement(statement));
            }
        }
        normal.put("Statement", statements);
        return normal;
    }

    private static Map<String, @Nullable Object> statement(Map<?, ?> statement) {
        var normal = new TreeMap<String, @Nullable Object>();
        statement.forEach((name, value) -> {
            if (!"Sid".equals(name)) {
                normal.put((String) name, SETS.contains(name) ? sorted(value) : value(value));
            }
        });
        return normal;
    }

    /// Operators, keys and principals: what may be one value or several is always several.
    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var normal = new TreeMap<String, @Nullable Object>();
            map.forEach((name, inner) ->
                    normal.put((String) name, inner instanceof Map<?, ?> ? value(inner) : sorted(inner)));
            return normal;
        }
        return value;
    }

    private static List<@Nullable Object> sorted(@Nullable Object value) {
        var texts = new TreeSet<String>();
        if (value instanceof List<?> list) {
            list.forEach(element -> texts.add(String.valueOf(element)));
        } else {
            texts.add(String.valueOf(value));
        }
        return new ArrayList<>(texts);
    }
}
