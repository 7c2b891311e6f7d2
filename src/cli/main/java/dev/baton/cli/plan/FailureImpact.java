package dev.baton.cli.plan;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.RunTriggers;
import dev.baton.graph.TaskGraph;
import dev.baton.lambda.plan.PlannedTask;
import dev.baton.task.InvalidInput;
import dev.baton.task.Pipeline;
import dev.baton.task.Unneeded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The impact of a run that failed: the outputs that it has not made, and what waits for them, as far as the pipelines
/// are known here.
///
/// @param missing in the order of the nodes' ids
/// @param waiting the runs of other pipelines, as `monthly 2012-07`
public record FailureImpact(List<Missing> missing, List<String> waiting) {

    public FailureImpact {
        missing = List.copyOf(missing);
        waiting = List.copyOf(waiting);
    }

    /// An output that was not made.
    ///
    /// @param task as sentences name it
    public record Missing(String task, String uri) {}

    /// The impact of a run.
    ///
    /// @param known pipelines whose code is here
    /// @param pipeline the name of the pipeline that failed
    /// @param parameters of its run
    /// @param complete the nodes that ran or were skipped, by id
    public static FailureImpact of(
            Collection<Pipeline> known, String pipeline, Map<String, String> parameters, Set<String> complete) {
        var missing = known.stream()
                .filter(one -> one.name().equals(pipeline))
                .findFirst()
                .flatMap(FailureImpact::graph)
                .map(graph -> missing(graph, parameters, complete))
                .orElse(List.of());
        var waiting = new LinkedHashSet<String>();
        for (var other : known) {
            if (!other.name().equals(pipeline)) {
                graph(other).ifPresent(graph -> waiting(graph, missing, waiting));
            }
        }
        return new FailureImpact(missing, List.copyOf(waiting));
    }

    private static List<Missing> missing(TaskGraph graph, Map<String, String> parameters, Set<String> complete) {
        try {
            var instance = graph.instance(parameters);
            var missing = new ArrayList<Missing>();
            for (var node : graph.nodes()) {
                if (!node.external() && instance.needed(node) && !complete.contains(node.id())) {
                    var task = Unneeded.unwrap(instance.task(node));
                    missing.add(
                            new Missing(PlannedTask.name(task), task.output().uri()));
                }
            }
            return missing;
        } catch (InvalidInput | DiagnosticException e) {
            // The code that is here is of another version than the run.
            return List.of();
        }
    }

    private static void waiting(TaskGraph graph, List<Missing> missing, Set<String> waiting) {
        var triggers = new RunTriggers(graph);
        for (var output : missing) {
            triggers.roots(output.uri(), prefix -> Stream.of())
                    .ifPresent(found -> found.parameters()
                            .forEach(root ->
                                    waiting.add(graph.pipeline().name() + " " + String.join(" ", root.values()))));
        }
    }

    private static Optional<TaskGraph> graph(Pipeline pipeline) {
        return CheckedGraph.of(pipeline).graph();
    }

    /// The members `notMade`, each with `task` and `output`, and `waiting`.
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put(
                "notMade",
                missing.stream()
                        .map(output -> Map.of("task", output.task(), "output", output.uri()))
                        .toList());
        json.put("waiting", waiting);
        return json;
    }
}
