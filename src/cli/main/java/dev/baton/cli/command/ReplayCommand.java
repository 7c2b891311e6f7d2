package dev.baton.cli.command;

import dev.baton.cli.artefact.InputFiles;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.engine.replay.ExportedHistory;
import dev.baton.engine.replay.RecordedCase;
import dev.baton.engine.replay.RecordingReplay;
import dev.baton.engine.replay.Verdict;
import dev.baton.engine.replay.VerdictCounts;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton replay PATH…`: runs recorded executions and tells what differs.
@Command(
        name = "replay",
        description = {
            "Runs recorded executions again, under virtual time, and compares status, output, cause and events. Ends with"
                    + " 1 if a result differs.",
            "A history that was exported from an account (aws stepfunctions get-execution-history) is such a recording:"
                    + " baton replay --history FILE --definition FILE."
        })
public final class ReplayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH", arity = "0..*", description = "recorded cases, or folders of them")
    private List<Path> paths = List.of();

    @Option(names = "--history", paramLabel = "FILE", description = "an exported execution history")
    private @Nullable Path history;

    @Option(names = "--definition", paramLabel = "FILE", description = "the definition that ran")
    private @Nullable Path definition;

    @Option(names = "--differences", description = "tell every difference")
    private boolean differences;

    @Option(
            names = "--deep",
            description = "also compare what events tell, what tasks were asked, and whether all recorded tasks ran")
    private boolean deep;

    @Option(names = "--json", description = "one JSON object a case and line")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var verdicts = new ArrayList<Verdict>();
        for (var recorded : cases()) {
            verdicts.add(RecordingReplay.of(recorded));
        }
        var out = spec.commandLine().getOut();
        if (json) {
            verdicts.forEach(verdict -> out.println(Json.print(json(verdict))));
        } else {
            tell(verdicts);
        }
        return verdicts.stream().allMatch(deep ? Verdict::isDeeplyExact : Verdict::pass)
                ? CommandLine.ExitCode.OK
                : CommandLine.ExitCode.SOFTWARE;
    }

    private List<RecordedCase> cases() throws IOException {
        var cases = new ArrayList<RecordedCase>();
        for (var path : paths) {
            if (!Files.isDirectory(path)) {
                InputFiles.require(path);
            }
            cases.addAll(RecordedCase.readAll(path));
        }
        if (history != null && definition != null) {
            cases.add(exported(history, definition));
        }
        if (cases.isEmpty()) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI007",
                    Location.named("baton replay"),
                    "found no recorded execution",
                    "give files or folders of recorded cases, or --history and --definition"));
        }
        return cases;
    }

    private static RecordedCase exported(Path history, Path definition) throws IOException {
        try {
            return ExportedHistory.toCase(
                    history.getFileName().toString(),
                    InputFiles.text(definition),
                    Json.parseObject(InputFiles.text(history)));
        } catch (JsonException e) {
            throw new DiagnosticException(Diagnostic.error(
                    "CLI007",
                    new Location.InText(history.toString(), e.line(), e.column(), ""),
                    "is not an exported history: " + e.getMessage(),
                    "give what aws stepfunctions get-execution-history printed"));
        }
    }

    private void tell(List<Verdict> verdicts) {
        var out = spec.commandLine().getOut();
        VerdictCounts.byCategory(verdicts)
                .forEach((category, tally) -> out.printf("%-24s%s%n", category, words(tally)));
        out.printf("%-24s%s%n", "all", words(VerdictCounts.of(verdicts)));
        for (var verdict : verdicts) {
            var lines = differences(verdict);
            if (differences && !lines.isEmpty()) {
                out.println(verdict.recorded().id());
                lines.forEach(difference -> out.println("  " + difference));
            }
        }
    }

    private String words(VerdictCounts tally) {
        return deep ? String.format(Locale.ROOT, "%s, deep %6.2f %%", tally, tally.deepRate()) : tally.toString();
    }

    private List<String> differences(Verdict verdict) {
        var lines = new ArrayList<>(verdict.isExact() ? List.of() : verdict.differences());
        if (deep) {
            lines.addAll(verdict.details());
        }
        return lines;
    }

    private LinkedHashMap<String, @Nullable Object> json(Verdict verdict) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", verdict.recorded().id());
        json.put("category", verdict.recorded().category());
        json.put("pass", verdict.pass());
        json.put("cause", verdict.cause());
        json.put("strict", verdict.strict());
        json.put("differences", verdict.differences());
        if (deep) {
            json.put("deep", verdict.isDeeplyExact());
            json.put("details", verdict.details());
        }
        return json;
    }
}
