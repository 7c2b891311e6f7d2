package dev.baton.cli.deploy;

import dev.baton.compiler.BucketPolicies;
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
public final class Policies {
    private static final List<String> SETS = List.of("Action", "NotAction", "Resource", "NotResource");

    private Policies() {}

    /// A document as IAM's API gives it, percent-coded, in its own form.
    ///
    /// @param place what it is the policy of
    static Map<String, @Nullable Object> document(String place, String coded) {
        // LocalStack and some emulators give it plain.
        return Documents.object(
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

    /// The policy of a bucket with all those as writers of a pipeline's keys who write them for other pipelines, in the
    /// one form, as are the policies given.
    ///
    /// @param own what a pipeline brings
    /// @param others what other pipelines bring
    public static Map<String, @Nullable Object> shared(
            Map<String, @Nullable Object> own, List<Map<String, @Nullable Object>> others) {
        var mine = listed(own);
        Map<String, @Nullable Object> joined = null;
        for (var other : others) {
            joined = BucketPolicies.joined(joined, listed(other));
        }
        var all = normal(BucketPolicies.joined(joined, mine));
        if (own.get("Statement") instanceof Map<?, ?> statements
                && all.get("Statement") instanceof Map<?, ?> found) {
            var kept = new TreeMap<String, @Nullable Object>();
            statements.keySet().forEach(sid -> kept.put((String) sid, found.get(sid)));
            all.put("Statement", kept);
        }
        return all;
    }

    /// A document in the form that AWS takes.
    private static Map<String, @Nullable Object> listed(Map<String, @Nullable Object> normal) {
        var statements = new ArrayList<@Nullable Object>();
        if (normal.get("Statement") instanceof Map<?, ?> bySid) {
            bySid.forEach((sid, statement) -> {
                var listed = new LinkedHashMap<@Nullable Object, @Nullable Object>();
                listed.put("Sid", sid);
                if (statement instanceof Map<?, ?> members) {
                    listed.putAll(members);
                }
                statements.add(listed);
            });
        }
        var document = new LinkedHashMap<>(normal);
        document.put("Statement", statements);
        return document;
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
