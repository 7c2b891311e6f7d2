package dev.baton.local.service;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.QueryParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The parameters of a query action: `Tags.member.1.Key=…` and the like. The model of the API says what they are.
final class QueryForm {
    private final RequestModel model;
    private final TreeMap<String, String> values = new TreeMap<>();

    QueryForm(RequestModel model, QueryParameters... sources) {
        this.model = model;
        for (var source : sources) {
            source.each(values::put);
        }
    }

    /// Those of an operation as values.
    ApiInput input(String operation) {
        return new ApiInput(model.has(operation) ? structure("", model.input(operation)) : plain(""));
    }

    /// What can be told from the names alone; all values are texts.
    private Map<String, @Nullable Object> plain(String prefix) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        values.tailMap(prefix).forEach((path, text) -> {
            if (path.startsWith(prefix)) {
                int dot = path.indexOf('.', prefix.length());
                var name = path.substring(prefix.length(), dot < 0 ? path.length() : dot);
                members.computeIfAbsent(name, key -> dot < 0 ? text : inner(prefix + key));
            }
        });
        return members;
    }

    private Object inner(String path) {
        if (!has(path + ".member.")) {
            return plain(path + ".");
        }
        var list = new ArrayList<@Nullable Object>();
        for (int i = 1; isThere(path + ".member." + i); i++) {
            var member = path + ".member." + i;
            list.add(values.containsKey(member) ? values.get(member) : plain(member + "."));
        }
        return list;
    }

    private Map<String, @Nullable Object> structure(String prefix, RequestShape.Structure shape) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        shape.members().forEach((name, member) -> {
            var value = value(prefix + name, model.shape(member.shape()));
            if (value != null) {
                members.put(name, value);
            }
        });
        return members;
    }

    private @Nullable Object value(String path, RequestShape shape) {
        return switch (shape) {
            case RequestShape.Text text -> values.get(path);
            case RequestShape.Bytes bytes -> values.get(path);
            case RequestShape.Other other -> values.get(path);
            case RequestShape.Flag flag -> values.containsKey(path) ? Boolean.valueOf(values.get(path)) : null;
            case RequestShape.Numeric number -> number(path);
            case RequestShape.Structure structure -> has(path + ".") ? structure(path + ".", structure) : null;
            case RequestShape.ListOf list -> list(path, model.shape(list.element()));
            case RequestShape.MapOf map -> entries(path, map);
        };
    }

    /// @throws dev.baton.local.http.AwsError `MalformedInput`
    private @Nullable Long number(String path) {
        var text = values.get(path);
        if (text == null) {
            return null;
        }
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new AwsError(400, "MalformedInput", path + " is not an integer: " + text);
        }
        return Long.valueOf(text);
    }

    /// A list without members is sent as an empty text.
    private @Nullable List<@Nullable Object> list(String path, RequestShape element) {
        var list = new ArrayList<@Nullable Object>();
        for (int i = 1; ; i++) {
            var member = path + ".member." + i;
            if (!isThere(member)) {
                return list.isEmpty() && !values.containsKey(path) ? null : list;
            }
            list.add(value(member, element));
        }
    }

    /// A map, whose entries stand in numbered pairs. Of two with the same key the first one stays.
    private @Nullable Map<String, @Nullable Object> entries(String path, RequestShape.MapOf map) {
        var entries = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 1; ; i++) {
            var entry = path + ".entry." + i;
            if (!isThere(entry)) {
                return entries.isEmpty() && !values.containsKey(path) ? null : entries;
            }
            entries.putIfAbsent(
                    values.getOrDefault(entry + "." + map.keyName(), ""),
                    value(entry + "." + map.valueName(), model.shape(map.value())));
        }
    }

    private boolean isThere(String path) {
        return values.containsKey(path) || has(path + ".");
    }

    private boolean has(String prefix) {
        var next = values.ceilingKey(prefix);
        return next != null && next.startsWith(prefix);
    }
}
