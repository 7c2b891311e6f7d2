package dev.baton.cdk;

import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What differs between the templates of two environments, but for the names that each has of its own: its account,
/// its buckets, its subjects, itself, and what follows from these by hash.
final class Differences {
    private final SortedSet<String> found = new TreeSet<>();

    private Differences() {}

    /// @return `Type /path` of each property, `Type name` or `Type` of a resource that only one has
    static SortedSet<String> between(Synthesised one, Synthesised other) {
        var differences = new Differences();
        var left = resources(one);
        var right = resources(other);
        var ids = new TreeSet<>(left.keySet());
        ids.addAll(right.keySet());
        for (var id : ids) {
            var a = left.get(id);
            var b = right.get(id);
            if (a == null || b == null) {
                var only = Objects.requireNonNull(a == null ? b : a);
                var name = only.property("RoleName");
                differences.found.add(only.type() + (name == null ? "" : " " + name));
            } else {
                differences.compare(a.type() + " ", a.body(), b.body());
            }
        }
        return differences.found;
    }

    private void compare(String path, Object a, Object b) {
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            var names = new TreeSet<String>();
            left.keySet().forEach(name -> names.add((String) name));
            right.keySet().forEach(name -> names.add((String) name));
            for (var name : names) {
                compare(path + "/" + name, left.get(name), right.get(name));
            }
        } else if (a instanceof List<?> left && b instanceof List<?> right && left.size() == right.size()) {
            for (var i = 0; i < left.size(); i++) {
                compare(path, left.get(i), right.get(i));
            }
        } else if (!Objects.equals(a, b)) {
            found.add(path);
        }
    }

    private static Map<String, Synthesised.Resource> resources(Synthesised synthesised) {
        var resources = new TreeMap<String, Synthesised.Resource>();
        for (var resource : synthesised.all()) {
            var id = neutral(resource.id());
            var body = Json.parseObject(neutral(Json.print(new LinkedHashMap<>(resource.body()))));
            resources.put(
                    resource.stack() + "/" + id,
                    new Synthesised.Resource(resource.stack(), id, Synthesised.object(body)));
        }
        return resources;
    }

    private static String neutral(String text) {
        return text.replaceAll("111111111111|222222222222|333333333333", "ACCOUNT")
                .replaceAll("example-(dev|stage|prod)-", "example-ENVIRONMENT-")
                .replaceAll("environment:(dev|stage|prod)", "environment:ENVIRONMENT")
                .replaceAll("(Versionbatonweather[A-Za-z]*?)[0-9a-f]{10}([0-9A-F]{8})?(?=Version|[^0-9A-Za-z]|$)", "$1")
                .replaceAll("/[0-9a-f]{64}\\.json", "/TEMPLATE");
    }
}
