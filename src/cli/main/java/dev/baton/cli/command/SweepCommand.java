package dev.baton.cli.command;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.DeployedPipelines;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.operate.StartRequest;
import dev.baton.cli.operate.SweptRuns;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton sweep [PIPELINE]`: starts what no event started.
@Command(
        name = "sweep",
        description = "Looks at all uploads that are there and starts the runs that no event started: those that came"
                + " before the pipeline, those whose events were lost, and those whose outputs were deleted. What is"
                + " complete is left alone.")
public final class SweepCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", arity = "0..1", description = "the pipeline's name; all if nothing is said")
    private @Nullable String name;

    @Option(names = "--all", description = "a line for every run, also for what is complete or waits")
    private boolean all;

    @Option(names = "--json", description = "one JSON object a run and line")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (var endpoint = choice.open();
                var progress = ProgressReport.on(spec.commandLine().getOut(), json)) {
            var pipelines = name == null ? all(endpoint) : List.of(DeployedPipeline.of(endpoint, name));
            var out = spec.commandLine().getOut();
            if (pipelines.isEmpty() && !json) {
                out.println(DeployedPipeline.NOTHING);
            }
            for (var pipeline : pipelines) {
                var results = new StartRequest(endpoint, pipeline).sweep();
                var swept = new SweptRuns(pipeline.pipeline(), results);
                if (all || json) {
                    results.forEach(result -> progress.tell(RunEvent.of(result)));
                } else {
                    swept.tell(progress::tell);
                }
                if (!results.isEmpty() && !json) {
                    out.println(swept.summary());
                }
                if (results.isEmpty() && !json) {
                    out.println(pipeline.pipeline() + ": nothing is uploaded that it begins with");
                }
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private List<DeployedPipeline> all(Endpoint endpoint) {
        var there = DeployedPipelines.of(endpoint);
        there.findings().forEach(spec.commandLine().getErr()::println);
        return there.all();
    }
}
