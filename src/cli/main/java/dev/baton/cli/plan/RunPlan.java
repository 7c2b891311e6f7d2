package dev.baton.cli.plan;

import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.graph.GraphInstance;
import dev.baton.json.Json;
import dev.baton.lambda.plan.Outlook;
import dev.baton.lambda.plan.PlannedTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run that has not begun: what would become of each of its tasks, and what that would take.
///
/// @param tasks each after what it requires
public record RunPlan(CompiledPipeline pipeline, GraphInstance run, List<PlannedTask> tasks, RunEstimate estimate) {
    private static final int WORD = 11;

    public RunPlan {
        tasks = List.copyOf(tasks);
    }

    /// The plan of a run, asked at a place.
    public static RunPlan of(CompiledPipeline pipeline, GraphInstance run, PlanPlace place) throws IOException {
        var tasks = place.planner(place.soon(run)).plan(run, place.force());
        return new RunPlan(pipeline, run, tasks, RunEstimate.of(pipeline, run, tasks));
    }

    /// Prints a sentence a task, what is fresh last, and a summary.
    public void print(PrintWriter out) {
        for (var task : tasks) {
            if (!isQuiet(task)) {
                line(out, task);
            }
        }
        tasks.stream().filter(RunPlan::isQuiet).forEach(task -> line(out, task));
        out.println(summary());
        if (count(Outlook.Due.class) + count(Outlook.Depends.class) > 0) {
            out.println(estimate.text());
        }
    }

    private static void line(PrintWriter out, PlannedTask task) {
        var word = task.outlook().word();
        out.println(word + " ".repeat(Math.max(1, WORD - word.length())) + task.sentence());
    }

    private static boolean isQuiet(PlannedTask task) {
        return task.outlook() instanceof Outlook.Fresh || task.outlook() instanceof Outlook.Unneeded;
    }

    /// The number of tasks that would run, and what would become of the others.
    public String summary() {
        var due = count(Outlook.Due.class);
        var text = new StringBuilder()
                .append(due)
                .append(" of ")
                .append(tasks.size())
                .append(tasks.size() == 1 ? " task" : " tasks")
                .append(" would run");
        more(text, count(Outlook.Depends.class), "if an input comes out different");
        more(text, count(Outlook.Waiting.class), "waiting for uploads");
        more(text, count(Outlook.Fresh.class), "fresh");
        more(text, count(Outlook.Unneeded.class), "not needed");
        return text.toString();
    }

    private static void more(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(what);
        }
    }

    private long count(Class<? extends Outlook> outlook) {
        return tasks.stream().filter(task -> outlook.isInstance(task.outlook())).count();
    }

    /// Prints one JSON object a task, and one of the whole.
    public void printJson(PrintWriter out) {
        tasks.forEach(task -> out.println(Json.print(toJson(task))));
        printJsonSummary(out);
    }

    /// Prints one JSON object of the whole.
    public void printJsonSummary(PrintWriter out) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("pipeline", pipeline.name());
        json.put("parameters", new LinkedHashMap<String, @Nullable Object>(run.parameters()));
        json.put("tasks", (long) tasks.size());
        json.put("run", count(Outlook.Due.class));
        json.put("depends", count(Outlook.Depends.class));
        json.put("waiting", count(Outlook.Waiting.class));
        json.put("fresh", count(Outlook.Fresh.class));
        json.put("unneeded", count(Outlook.Unneeded.class));
        json.put("estimate", estimate.toJson());
        out.println(Json.print(json));
    }

    /// The members `node`, `task`, `outlook`, `sentence` and `causes`.
    static Map<String, @Nullable Object> toJson(PlannedTask task) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("node", task.node());
        json.put("task", PlannedTask.name(task.task()));
        json.put("outlook", task.outlook().word());
        json.put("sentence", task.sentence());
        json.put(
                "causes",
                task.outlook() instanceof Outlook.Due(var causes)
                        ? causes.stream()
                                .map(cause -> Map.of("kind", cause.kind(), "text", cause.text()))
                                .toList()
                        : List.of());
        return json;
    }
}
