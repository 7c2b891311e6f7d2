package dev.baton.cli.affected;

import dev.baton.cli.plan.RunEstimate;
import dev.baton.compiler.Compiler;
import dev.baton.graph.Declarations;
import dev.baton.lambda.lineage.ArchivedRecord;
import dev.baton.lambda.lineage.RecordArchive;
import dev.baton.lambda.lineage.RecordVersion;
import dev.baton.run.CompletionRecord;
import dev.baton.run.StateKeys;
import dev.baton.run.code.CodeHash;
import dev.baton.task.Compute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The outputs that completion records tell of and that a new code would make again, with what that took the last time.
///
/// @param due made by a task whose code is another one now
/// @param following made by tasks that come after these: they run again if what they read comes out different
/// @param estimate of the due ones: the time of all of them together, and the transitions of the runs that made them
public record RemadeOutputs(List<CompletionRecord> due, List<CompletionRecord> following, RunEstimate estimate) {
    private static final double MEGABYTES = 1_024;

    public RemadeOutputs {
        due = List.copyOf(due);
        following = List.copyOf(following);
    }

    /// The outputs of a pipeline.
    public static RemadeOutputs of(AffectedPipeline pipeline, RecordArchive archive) {
        var graph = pipeline.now();
        if (graph == null) {
            return new RemadeOutputs(List.of(), List.of(), new RunEstimate(Duration.ZERO, 0, 0, 0));
        }
        var classes = AffectedPipeline.classes(graph);
        var touched = pipeline.touched().stream()
                .map(TouchedTask::task)
                .filter(classes::containsKey)
                .collect(Collectors.toMap(task -> task, classes::get));
        var after = pipeline.following().stream().collect(Collectors.toMap(task -> task, classes::get));
        var records = records(archive, touched.values(), after.values());
        var due = new ArrayList<CompletionRecord>();
        var following = new ArrayList<CompletionRecord>();
        for (var record : records) {
            var type = touched.get(record.task());
            if (type == null) {
                following.add(record);
            } else if (!CodeHash.of(type).equals(record.codeHash())) {
                due.add(record);
            }
        }
        var runs = new HashSet<String>();
        due.forEach(record -> runs.add(record.run()));
        var states = due.isEmpty()
                ? 0
                : Compiler.compile(graph.pipeline()).machines().stream()
                        .mapToLong(machine -> machine.proof().states())
                        .sum();
        return new RemadeOutputs(
                due,
                following,
                new RunEstimate(
                        due.stream().map(RemadeOutputs::took).reduce(Duration.ZERO, Duration::plus),
                        due.stream()
                                .mapToDouble(record -> gigabyteSeconds(record, touched.get(record.task())))
                                .sum(),
                        runs.size() * states,
                        0));
    }

    /// The newest record of each output of some classes, by its key.
    private static List<CompletionRecord> records(
            RecordArchive archive, Collection<Class<?>> some, Collection<Class<?>> more) {
        var prefixes = new ArrayList<String>();
        some.forEach(type -> prefixes.add(StateKeys.completions(type)));
        more.forEach(type -> prefixes.add(StateKeys.completions(type)));
        var places = archive.list()
                .filter(RecordVersion::latest)
                .filter(place -> prefixes.stream().anyMatch(place.key()::startsWith))
                .toList();
        return archive.read(places).stream()
                .filter(ArchivedRecord.Intact.class::isInstance)
                .map(found -> ((ArchivedRecord.Intact) found).record())
                .toList();
    }

    private static Duration took(CompletionRecord record) {
        return Duration.between(record.startedAt(), record.endedAt());
    }

    private static double gigabyteSeconds(CompletionRecord record, @Nullable Class<?> type) {
        if (type == null) {
            return 0;
        }
        var compute = Declarations.of(type).compute();
        return compute.platform() == Compute.Platform.LAMBDA
                ? took(record).toMillis() / 1_000.0 * compute.memoryMegabytes() / MEGABYTES
                : 0;
    }

    /// The outputs in a sentence.
    String text() {
        if (due.isEmpty()) {
            return "no output is recorded that would be made again";
        }
        return String.format(
                        Locale.ROOT,
                        "%,d %s would be made again: %.1f s of tasks, %.1f GB-seconds of Lambda, %,d transitions:"
                                + " $%.6f",
                        due.size(),
                        due.size() == 1 ? "output" : "outputs",
                        estimate.critical().toMillis() / 1_000.0,
                        estimate.gigabyteSeconds(),
                        estimate.transitions(),
                        estimate.dollars())
                + (following.isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; %,d more, %.1f s, if what they read comes out different",
                                following.size(),
                                following.stream()
                                                .map(RemadeOutputs::took)
                                                .reduce(Duration.ZERO, Duration::plus)
                                                .toMillis()
                                        / 1_000.0));
    }

    /// The members `outputs`, `following` and `estimate`.
    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("outputs", due.stream().map(record -> record.output().uri()).toList());
        json.put(
                "following",
                following.stream().map(record -> record.output().uri()).toList());
        json.put(
                "estimate",
                Map.of(
                        "milliseconds", estimate.critical().toMillis(),
                        "gigabyteSeconds", estimate.gigabyteSeconds(),
                        "transitions", estimate.transitions(),
                        "dollars", estimate.dollars()));
        return json;
    }
}
