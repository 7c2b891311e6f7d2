package dev.baton.local.service;

import dev.baton.local.http.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a query action: `Tags.member.1.Key=…` and the like.
public final class QueryInput {
    private final Map<String, String> values;
    private final String prefix;

    private QueryInput(Map<String, String> values, String prefix) {
        this.values = values;
        this.prefix = prefix;
    }

    public static QueryInput of(QueryParameters... sources) {
        var values = new LinkedHashMap<String, String>();
        for (var source : sources) {
            source.each(values::put);
        }
        return new QueryInput(values, "");
    }

    public @Nullable String get(String name) {
        return values.get(prefix + name);
    }

    /// The members that were sent, with the value of those that have no members of their own..
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        values.forEach((name, value) -> {
            int dot = name.indexOf('.');
            if (dot >= 0) {
                members.put(name.substring(0, dot), true);
            } else {
                members.put(name, value.equals("false") ? "" : value);
            }
        });
        return members;
    }

    /// @throws dev.baton.local.http.AwsError `ValidationError` where it is missing
    public String require(String name) {
        var value = get(name);
        if (value == null) {
            throw Violation.error("ValidationError", List.of(Violation.missing(name)));
        }
        return value;
    }

    /// The strings of a list, `TagKeys.member.1`, `TagKeys.member.2` …
    public List<String> strings(String name) {
        var found = new ArrayList<String>();
        for (int i = 1; ; i++) {
            var value = get(name + ".member." + i);
            if (value == null) {
                return found;
            }
            found.add(value);
        }
    }

    /// The structures of a list: asked for `Tags`, each answers to `Key` and `Value`.
    public List<QueryInput> members(String name) {
        var found = new ArrayList<QueryInput>();
        for (int i = 1; ; i++) {
            var start = prefix + name + ".member." + i + ".";
            if (values.keySet().stream().noneMatch(key -> key.startsWith(start))) {
                return found;
            }
            found.add(new QueryInput(values, start));
        }
    }
}
