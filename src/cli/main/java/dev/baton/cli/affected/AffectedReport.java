package dev.baton.cli.affected;

import dev.baton.json.Json;
import dev.baton.run.CompletionRecord;
import dev.baton.run.decision.CodeChange;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The answer of `baton affected`.
///
/// @param before the older code as sentences name it
/// @param after the newer one
/// @param outputs by pipeline, where anything is recorded of it
public record AffectedReport(
        String before, String after, List<AffectedPipeline> pipelines, Map<String, RemadeOutputs> outputs) {
    private static final int TOLD = 10;

    public AffectedReport {
        pipelines = List.copyOf(pipelines);
        outputs = Map.copyOf(outputs);
    }

    /// Prints it for people.
    public void print(PrintWriter out) {
        if (pipelines.isEmpty()) {
            out.println("nothing is affected between " + before + " and " + after);
        }
        for (var pipeline : pipelines) {
            out.println(headline(pipeline));
            var width = pipeline.touched().stream()
                    .mapToInt(task -> task.simpleName().length())
                    .max()
                    .orElse(0);
            for (var task : pipeline.touched()) {
                out.println("  " + task.simpleName()
                        + " ".repeat(width - task.simpleName().length() + 2) + task.text());
            }
            if (!pipeline.following().isEmpty()) {
                out.println("  then, if what they read comes out different: "
                        + pipeline.following().stream()
                                .map(AffectedReport::simple)
                                .collect(Collectors.joining(", ")));
            }
            var made = outputs.get(pipeline.name());
            if (made != null) {
                out.println("  " + made.text());
                made.due().stream().limit(TOLD).forEach(record -> out.println("    " + uri(record)));
                if (made.due().size() > TOLD) {
                    out.printf(Locale.ROOT, "    and %,d more%n", made.due().size() - TOLD);
                }
            }
        }
    }

    private String headline(AffectedPipeline pipeline) {
        var all = pipeline.tasks();
        return switch (pipeline.way()) {
            case ADDED -> pipeline.name() + " is new, with " + all + (all == 1 ? " task" : " tasks");
            case LEFT -> pipeline.name() + " is gone, with " + all + (all == 1 ? " task" : " tasks");
            case CHANGED ->
                pipeline.name() + ": " + pipeline.touched().size() + " of " + all + (all == 1 ? " task" : " tasks")
                        + " affected between " + before + " and " + after;
        };
    }

    private static String simple(String task) {
        return task.substring(task.lastIndexOf('.') + 1).replace('$', '.');
    }

    private static String uri(CompletionRecord record) {
        return record.output().uri();
    }

    /// Prints one JSON object: `before`, `after` and `pipelines`.
    public void printJson(PrintWriter out) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("before", before);
        json.put("after", after);
        json.put("pipelines", pipelines.stream().map(this::toJson).toList());
        out.println(Json.print(json));
    }

    private Map<String, @Nullable Object> toJson(AffectedPipeline pipeline) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pipeline", pipeline.name());
        json.put("way", word(pipeline.way()));
        json.put("tasks", (long) pipeline.tasks());
        json.put(
                "touched",
                pipeline.touched().stream().map(AffectedReport::toJson).toList());
        json.put("following", pipeline.following());
        var made = outputs.get(pipeline.name());
        if (made != null) {
            json.put("remade", made.toJson());
        }
        return json;
    }

    private static Map<String, @Nullable Object> toJson(TouchedTask task) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("task", task.task());
        json.put("way", word(task.way()));
        json.put("nodes", task.nodes());
        json.put(
                "changes",
                task.changes().stream()
                        .map(change -> Map.of("kind", change.kind(), "name", change.name(), "way", word(change.way())))
                        .toList());
        return json;
    }

    private static String word(CodeChange.Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }
}
