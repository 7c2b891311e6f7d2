package dev.baton.cli.command;

import dev.baton.cli.diff.ComparedRun;
import dev.baton.cli.diff.ExecutionWords;
import dev.baton.cli.diff.RunComparison;
import dev.baton.cli.diff.RunComparisonJson;
import dev.baton.cli.diff.RunComparisonText;
import dev.baton.cli.diff.RunPlace;
import dev.baton.cli.lineage.OutputTemplates;
import dev.baton.graph.CheckedGraph;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton diff-runs A B`: what is different between two runs of a pipeline, and what was different first.
@Command(
        name = "diff-runs",
        description = {
            "Tells what differs between two runs, first what differs first along the data: uploads, then what was"
                    + " made of them.",
            "A run is named by its execution, or by parameters, as in year=2012: the newest run with them."
        })
public final class DiffRunsCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "the run that is compared with")
    private String a = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description = "the run that is asked about; without it, or if it is the same, the newest run with these"
                    + " parameters and the one before")
    private @Nullable String b;

    @Option(
            names = "--pipeline",
            paramLabel = "PIPELINE",
            description = "whose runs parameters are of, where several are deployed")
    private @Nullable String pipeline;

    @Option(names = "--json", description = "one JSON object, with all profiles")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (var place = choice.isNowhere() ? RunPlace.laptop() : RunPlace.of(choice.open())) {
            var runs = compared(place);
            var out = spec.commandLine().getOut();
            if (json) {
                RunComparisonJson.print(runs, out);
            } else {
                RunComparisonText.print(runs, out);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private RunComparison compared(RunPlace place) {
        var words = new ExecutionWords(place, pipeline);
        var isSame = a.contains("=") && !a.startsWith("arn:") && (b == null || b.equals(a));
        if (b == null && !isSame) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "an execution is compared with another: name a second one");
        }
        var second = words.find(b == null ? a : b);
        var now = ComparedRun.of(place, second);
        var before = ComparedRun.of(place, isSame ? words.findBefore(a, second) : words.find(a));
        var graph = CheckedGraph.of(pipelines.named(before.there().pipeline())).orThrow();
        return RunComparison.of(
                before,
                now,
                graph,
                OutputTemplates.of(pipelines.all()),
                place.endpoint(),
                spec.commandLine().getErr()::println);
    }
}
