package dev.baton.cli.plan;

import dev.baton.cli.artefact.RevisionDetails;
import dev.baton.cli.output.ProjectFolder;
import dev.baton.json.Json;
import dev.baton.lambda.plan.PlannedTask;
import dev.baton.run.CompletionRecord;
import dev.baton.run.Reason;
import dev.baton.task.Task;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The story of one task: why it ran the last time, and what would become of it now.
///
/// @param record of the last time
public record TaskStory(Task task, Optional<CompletionRecord> record, PlannedTask now) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// Asks at a place.
    public static TaskStory of(Task task, PlanPlace place) {
        var now = place.planner(Map.of()).plan(task);
        return new TaskStory(task, now.record(), now);
    }

    /// Prints the story, the cause first.
    public void print(PrintWriter out) {
        var name = PlannedTask.name(task);
        out.println(record.map(made -> name + " ran: " + text(made.reasons())).orElse(name + " has never run"));
        record.ifPresent(made -> {
            out.println("  in run     " + made.run() + " of " + made.pipeline());
            out.println("  at         " + TIME.format(made.endedAt())
                    + String.format(
                            Locale.ROOT,
                            ", %.1f s",
                            Duration.between(made.startedAt(), made.endedAt()).toMillis() / 1_000.0));
            out.println("  code       " + made.revision());
            RevisionDetails.of(made.revision(), task.getClass(), ProjectFolder.folder())
                    .ifPresent(known -> out.println("             " + RevisionDetails.line(known)));
            out.println(
                    "  output     " + made.output().uri() + " " + made.output().version());
            made.inputs().forEach(input -> out.println("  read       " + input.uri() + " " + input.version()));
        });
        out.println(now.sentence());
    }

    /// Prints it as one JSON object: `task`, `ran` as the completion record has it, or null, and `now`.
    public void printJson(PrintWriter out) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("task", PlannedTask.name(task));
        json.put(
                "ran",
                record.<Map<String, @Nullable Object>>map(CompletionRecord::toJson)
                        .orElse(null));
        json.put("now", RunPlan.toJson(now));
        out.println(Json.print(json));
    }

    private static String text(List<Reason> reasons) {
        return reasons.isEmpty()
                ? "nobody recorded why; its record is older than that"
                : reasons.stream().map(Reason::text).collect(Collectors.joining("; "));
    }
}
