package dev.baton.cli.diff;

import dev.baton.cli.output.TextTable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A comparison of two runs for people: what differs first, then both side by side, then all that differs.
public final class RunComparisonText {
    /// So much is told of one object; the rest is counted, and in the JSON.
    private static final int TOLD = 4;

    private RunComparisonText() {}

    public static void print(RunComparison runs, PrintWriter out) {
        out.println(headline(runs));
        out.println();
        sides(runs).print(out);
        if (!runs.differences().isEmpty()) {
            out.println();
            var table = new TextTable("WHAT DIFFERS, ALONG THE DATA", "", "");
            runs.differences().forEach(one -> table.row(one.node(), one.kind().word(), shortened(one.text())));
            table.print(out);
        }
        out.println();
        durations(runs).print(out);
    }

    static String headline(RunComparison runs) {
        return runs.first()
                .map(RunDifference::headline)
                .orElse(
                        runs.a().parameters().equals(runs.b().parameters())
                                ? "nothing differs: parameters, code, configuration, inputs and outputs are the same"
                                : "only the parameters differ: code, configuration, inputs and outputs are the same");
    }

    private static TextTable sides(RunComparison runs) {
        var a = runs.a();
        var b = runs.b();
        var table = new TextTable("", "A", "B");
        table.row("execution", a.execution().name(), b.execution().name());
        table.row("status", status(a), status(b));
        if (a.execution().error() != null || b.execution().error() != null) {
            table.row("error", error(a), error(b));
        }
        table.row(
                "started",
                a.execution().startDate().toString(),
                b.execution().startDate().toString());
        table.row("took", seconds(a.took()), seconds(b.took()));
        table.row("parameters", parameters(a.parameters()), parameters(b.parameters()));
        var before = new ArrayList<RunDataset>();
        var now = new ArrayList<RunDataset>();
        runs.nodes().values().forEach(pair -> {
            before.add(pair.a());
            now.add(pair.b());
        });
        table.row("revision", revisions(before), revisions(now));
        return table;
    }

    /// Nothing of what `baton run` ran: that is not kept.
    private static String status(ComparedRun run) {
        return run.execution().status() == null ? "" : run.execution().statusAsString();
    }

    private static String error(ComparedRun run) {
        return run.execution().error() == null ? "" : run.execution().error();
    }

    private static TextTable durations(RunComparison runs) {
        var table = new TextTable("TASK", "A", "TOOK", "B", "TOOK");
        runs.nodes().forEach((node, pair) -> {
            if (pair.a().outcome() != null || pair.b().outcome() != null) {
                table.row(
                        node,
                        outcome(pair.a()),
                        seconds(pair.a().took()),
                        outcome(pair.b()),
                        seconds(pair.b().took()));
            }
        });
        return table;
    }

    private static String outcome(RunDataset dataset) {
        return dataset.outcome() == null ? "" : dataset.outcome().name();
    }

    private static String revisions(List<RunDataset> datasets) {
        var revisions = RunComparison.revisions(datasets);
        return revisions.isEmpty()
                ? "not recorded"
                : revisions.getFirst() + (revisions.size() > 1 ? " and " + (revisions.size() - 1) + " more" : "");
    }

    private static String parameters(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String shortened(String text) {
        var parts = text.split("; ");
        return parts.length <= TOLD
                ? text
                : String.join("; ", Arrays.asList(parts).subList(0, TOLD)) + "; and " + (parts.length - TOLD) + " more";
    }

    private static String seconds(@Nullable Duration took) {
        return took == null ? "" : String.format(Locale.ROOT, "%.2f s", took.toMillis() / 1000.0);
    }
}
