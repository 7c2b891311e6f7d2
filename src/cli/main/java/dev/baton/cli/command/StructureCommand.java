package dev.baton.cli.command;

import dev.baton.cli.artefact.InputFiles;
import dev.baton.cli.output.FileFailure;
import dev.baton.cli.structure.StructureReport;
import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.compiler.workload.Workload;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton structure FILE…`: what the compiler makes of graphs of tasks, and how fast that runs.
@Command(
        name = "structure",
        description = {
            "Compiles graphs of tasks, runs each compiled machine in the engine under a virtual clock with the durations"
                    + " of its file, and tells how the makespan compares with the critical path.",
            "The run is judged: a task that starts before one that it requires has ended, or not exactly once, and a"
                    + " makespan below the critical path are errors. A graph that fails is told with its file, the"
                    + " others go on, and the command ends with 1.",
            "A file holds {\"name\", \"tasks\": [[id, kind, seconds, [indexes of required tasks]], …]}."
        })
public final class StructureCommand implements Callable<Integer> {
    /// The choice whether the compiler may look at the durations.
    private enum Durations {
        KNOWN,
        UNKNOWN
    }

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "graphs of tasks")
    private List<Path> files = List.of();

    @Option(
            names = "--durations",
            paramLabel = "known|unknown",
            description = "whether the compiler knows the durations; ${DEFAULT-VALUE} if nothing is said")
    private Durations durations = Durations.UNKNOWN;

    @Option(
            names = "--parallelism",
            paramLabel = "full|native",
            description =
                    "full keeps all of it, with awaits; native uses barriers only; ${DEFAULT-VALUE} if nothing is said")
    private Parallelism parallelism = Parallelism.FULL;

    @Option(names = "--json", description = "one JSON object a graph and line")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (!json) {
            out.println(StructureReport.heading());
        }
        var holds = true;
        for (var file : files) {
            try {
                var report = report(file);
                out.println(json ? Json.print(report.toJson()) : report.line());
                holds &= report.holds();
            } catch (DiagnosticException e) {
                tell(file, e.diagnostics());
                holds = false;
            }
        }
        return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private StructureReport report(Path file) {
        InputFiles.require(file);
        try {
            var workload = Workload.parse(file.toString(), Files.readAllBytes(file));
            return StructureReport.of(workload, parallelism, durations == Durations.KNOWN);
        } catch (IOException e) {
            throw new DiagnosticException(
                    FileFailure.of(e).orElseGet(() -> failed(file, "cannot be read: " + e.getMessage())));
        } catch (DiagnosticException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            // Whatever it is, the other graphs are not to blame.
            throw new DiagnosticException(failed(file, "cannot be compiled or run: " + e));
        }
    }

    private static Diagnostic failed(Path file, String what) {
        return Diagnostic.error(
                "CLI044",
                Location.named(file.toString()),
                what,
                "report it with the graph, if the file is what it should be");
    }

    /// Findings about a graph, each at its file, whatever the graph calls itself and wherever in its machine they are.
    private void tell(Path file, List<Diagnostic> findings) {
        var place = Location.named(file.toString());
        for (var finding : findings) {
            var message = switch (finding.location()) {
                case Location.Named named -> finding.message();
                case Location.InText inText -> "at " + inText + ": " + finding.message();
            };
            spec.commandLine()
                    .getErr()
                    .println(new Diagnostic(finding.severity(), finding.code(), place, message, finding.remedy()));
        }
    }
}
