package dev.baton.cli.diff;

import dev.baton.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A comparison of two runs for programs: one JSON object with the members `first`, `headline`, `a`, `b`,
/// `parameters`, `differences` and `nodes`.
public final class RunComparisonJson {
    private RunComparisonJson() {}

    public static void print(RunComparison runs, PrintWriter out) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("headline", RunComparisonText.headline(runs));
        json.put("first", runs.first().map(RunDifference::toJson).orElse(null));
        json.put("a", runs.a().toJson());
        json.put("b", runs.b().toJson());
        json.put("parameters", parameters(runs));
        json.put(
                "differences",
                runs.differences().stream().map(RunDifference::toJson).toList());
        var nodes = new ArrayList<@Nullable Object>();
        runs.nodes().forEach((node, pair) -> {
            var one = new LinkedHashMap<String, @Nullable Object>();
            one.put("node", node);
            one.put("a", pair.a().toJson());
            one.put("b", pair.b().toJson());
            nodes.add(one);
        });
        json.put("nodes", nodes);
        out.println(Json.print(json));
    }

    /// Those that differ.
    private static Map<String, @Nullable Object> parameters(RunComparison runs) {
        var names = new TreeSet<>(runs.a().parameters().keySet());
        names.addAll(runs.b().parameters().keySet());
        var differing = new LinkedHashMap<String, @Nullable Object>();
        for (var name : names) {
            var before = runs.a().parameters().getOrDefault(name, "");
            var now = runs.b().parameters().getOrDefault(name, "");
            if (!before.equals(now)) {
                differing.put(name, Map.of("a", before, "b", now));
            }
        }
        return differing;
    }
}
