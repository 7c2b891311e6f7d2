package dev.baton.cli.plan;

import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.graph.GraphInstance;
import dev.baton.graph.TaskNode;
import dev.baton.lambda.plan.Outlook;
import dev.baton.lambda.plan.PlannedTask;
import dev.baton.task.Compute;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The time and the money that a run would take, by what its tasks took the last time that they ran. Tasks count that
/// run, and those that run if an input comes out different.
///
/// Prices are those of us-east-1 without free tier in November 2026: AWS Step Functions Pricing, "Standard Workflows",
/// and AWS Lambda Pricing, x86. Containers on Fargate and services are not in it.
///
/// @param critical the longest way through the graph
/// @param gigabyteSeconds of Lambda
/// @param transitions of the state machines, all of whose states are entered once
/// @param unmeasured how many of the tasks have not run before
public record RunEstimate(Duration critical, double gigabyteSeconds, long transitions, int unmeasured) {
    private static final double DOLLARS_A_TRANSITION = 0.000025;
    private static final double DOLLARS_A_GIGABYTE_SECOND = 0.0000166667;
    private static final double MEGABYTES = 1_024;

    static RunEstimate of(CompiledPipeline pipeline, GraphInstance instance, List<PlannedTask> planned) {
        var tasks = new HashMap<String, PlannedTask>();
        planned.forEach(task -> tasks.put(task.node(), task));
        var longest = new HashMap<String, Duration>();
        var critical = Duration.ZERO;
        var seconds = 0.0;
        var unmeasured = 0;
        for (var node : instance.graph().nodes()) {
            var way = way(node, tasks, longest);
            critical = way.compareTo(critical) > 0 ? way : critical;
            var task = tasks.get(node.id());
            if (task != null && isToRun(task)) {
                unmeasured += task.record().isEmpty() ? 1 : 0;
                var compute = node.declarations().compute();
                if (compute.platform() == Compute.Platform.LAMBDA) {
                    seconds += took(task).toMillis() / 1_000.0 * compute.memoryMegabytes() / MEGABYTES;
                }
            }
        }
        var transitions = pipeline.machines().stream()
                .mapToLong(machine -> machine.proof().states())
                .sum();
        return new RunEstimate(critical, seconds, transitions, unmeasured);
    }

    private static Duration way(TaskNode node, Map<String, PlannedTask> tasks, Map<String, Duration> longest) {
        var known = longest.get(node.id());
        if (known != null) {
            return known;
        }
        var before = Duration.ZERO;
        for (var required : node.requires()) {
            var way = way(required, tasks, longest);
            before = way.compareTo(before) > 0 ? way : before;
        }
        var task = tasks.get(node.id());
        var way = task != null && isToRun(task) ? before.plus(took(task)) : before;
        longest.put(node.id(), way);
        return way;
    }

    private static boolean isToRun(PlannedTask task) {
        return task.outlook() instanceof Outlook.Due || task.outlook() instanceof Outlook.Depends;
    }

    private static Duration took(PlannedTask task) {
        return task.record()
                .map(record -> Duration.between(record.startedAt(), record.endedAt()))
                .orElse(Duration.ZERO);
    }

    /// In US dollars.
    public double dollars() {
        return transitions * DOLLARS_A_TRANSITION + gigabyteSeconds * DOLLARS_A_GIGABYTE_SECOND;
    }

    /// The estimate as a sentence.
    String text() {
        return String.format(
                        Locale.ROOT,
                        "at most %.1f s on the longest way, %.1f GB-seconds of Lambda, %,d transitions: $%.6f",
                        critical.toMillis() / 1_000.0,
                        gigabyteSeconds,
                        transitions,
                        dollars())
                + (unmeasured == 0
                        ? ""
                        : unmeasured == 1
                                ? ", without one task that has not run before"
                                : ", without " + unmeasured + " tasks that have not run before");
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("criticalMilliseconds", critical.toMillis());
        json.put("gigabyteSeconds", gigabyteSeconds);
        json.put("transitions", transitions);
        json.put("dollars", dollars());
        json.put("unmeasured", (long) unmeasured);
        return json;
    }
}
