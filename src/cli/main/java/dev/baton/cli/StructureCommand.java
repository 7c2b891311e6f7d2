package dev.baton.cli;

import dev.baton.cli.structure.StructureReport;
import dev.baton.compiler.Parallelism;
import dev.baton.compiler.workload.Workload;
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
            "A file holds {\"name\", \"tasks\": [[id, kind, seconds, [indexes of required tasks]], …]}."
        })
final class StructureCommand implements Callable<Integer> {
    /// Whether the compiler may look at the durations.
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
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        if (!json) {
            out.println(StructureReport.heading());
        }
        var holds = true;
        for (var file : files) {
            InputFiles.require(file);
            var workload = Workload.parse(file.toString(), Files.readAllBytes(file));
            var report = StructureReport.of(workload, parallelism, durations == Durations.KNOWN);
            out.println(json ? Json.print(report.toJson()) : report.line());
            holds &= report.holds();
        }
        return holds ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
