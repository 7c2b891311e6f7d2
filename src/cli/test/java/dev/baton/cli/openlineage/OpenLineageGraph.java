package dev.baton.cli.openlineage;

import dev.baton.json.Json;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The graph that a consumer builds from events alone: what the runs that ended well read and made, version by version.
public final class OpenLineageGraph {
    private final Map<String, Map<?, ?>> last = new LinkedHashMap<>();

    /// @param events each a JSON object, in any order
    public OpenLineageGraph(List<String> events) {
        events.stream()
                .map(Json::parseObject)
                .sorted((one, other) -> time(one).compareTo(time(other)))
                .forEach(event -> last.put(String.valueOf(map(event.get("run")).get("runId")), event));
    }

    private static String time(Map<?, ?> event) {
        return String.valueOf(event.get("eventTime"));
    }

    /// An edge, from what was read to what was made.
    public record Edge(String from, String to) {}

    /// All edges.
    public Set<Edge> edges() {
        var edges = new HashSet<Edge>();
        for (var event : last.values()) {
            if ("COMPLETE".equals(event.get("eventType"))) {
                for (var output : (List<?>) event.get("outputs")) {
                    ((List<?>) event.get("inputs")).forEach(input -> edges.add(new Edge(name(input), name(output))));
                }
            }
        }
        return edges;
    }

    /// How each run of a job ended, or that it has not.
    public Map<String, String> states(String job) {
        var states = new LinkedHashMap<String, String>();
        last.forEach((run, event) -> {
            if (job.equals(map(event.get("job")).get("name"))) {
                states.put(run, String.valueOf(event.get("eventType")));
            }
        });
        return states;
    }

    private static String name(Object dataset) {
        var version = map(map(map(dataset).get("facets")).get("version")).get("datasetVersion");
        return map(dataset).get("namespace") + "/" + map(dataset).get("name") + "?versionId=" + version;
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }
}
