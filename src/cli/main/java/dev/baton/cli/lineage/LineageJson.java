package dev.baton.cli.lineage;

import dev.baton.cli.lineage.LineageGraph.Direction;
import dev.baton.json.Json;
import dev.baton.run.PinnedObject;
import dev.baton.run.RevisionCheck;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints a lineage as one JSON object: `direction`, `roots`, `nodes` and `edges`, a line each. An edge goes from what
/// was read to what was made, whichever way was asked for.
public final class LineageJson {
    private LineageJson() {}

    /// Prints it, node by node.
    public static void print(LineageGraph graph, LineageChecks checks, PrintWriter out) {
        out.print("{\"direction\":\"" + graph.direction().name().toLowerCase(Locale.ROOT) + "\",\"isCut\":"
                + graph.isCut() + ",\"roots\":"
                + Json.print(
                        graph.roots().stream().map(DatasetVersion::toString).toList())
                + ",\"nodes\":[");
        var separator = "\n";
        for (var node : graph.nodes().values()) {
            out.print(separator + Json.print(toJson(node, checks)));
            separator = ",\n";
        }
        out.print("],\"edges\":[");
        separator = "\n";
        for (var entry : graph.next().entrySet()) {
            for (var neighbour : entry.getValue()) {
                var isUp = graph.direction() == Direction.UP;
                var edge = new LinkedHashMap<String, @Nullable Object>();
                edge.put("from", (isUp ? neighbour : entry.getKey()).toString());
                edge.put("to", (isUp ? entry.getKey() : neighbour).toString());
                out.print(separator + Json.print(edge));
                separator = ",\n";
            }
        }
        out.println("]}");
    }

    private static Map<String, @Nullable Object> toJson(LineageNode node, LineageChecks checks) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", node.dataset().toString());
        json.put("kind", node.kind());
        json.put("uri", node.dataset().uri());
        json.put("version", node.dataset().version());
        switch (node) {
            case LineageNode.Made(Derivation made) -> {
                put(made.output(), json);
                json.put("task", made.task());
                json.put("parameters", new LinkedHashMap<String, @Nullable Object>(made.parameters()));
                json.put("isCurrent", made.isCurrent());
                json.put("endedAt", made.endedAt().toString());
                json.put("pipeline", made.pipeline());
                json.put("run", made.run());
                json.put("execution", made.execution());
                json.put("revision", made.revision().toJson());
                json.put("codeHash", made.codeHash());
                json.put("roleSession", made.roleSession());
                var checked = checks.of(made.revision());
                if (!checked.isEmpty()) {
                    json.put(
                            "checks",
                            checked.stream().map(RevisionCheck::toJson).toList());
                }
            }
            case LineageNode.Upload upload -> {
                if (upload.object() != null) {
                    put(upload.object(), json);
                }
            }
            case LineageNode.Unrecorded unrecorded -> {}
        }
        return json;
    }

    /// How large it is, and what its content is known by.
    private static void put(PinnedObject object, Map<String, @Nullable Object> json) {
        json.put("size", object.size());
        json.put("identity", object.identity());
    }
}
