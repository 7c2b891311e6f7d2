package dev.baton.cli.command;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.DeployedPipelines;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.openlineage.BusSink;
import dev.baton.cli.openlineage.LineageSink;
import dev.baton.cli.openlineage.ExportPlace;
import dev.baton.cli.openlineage.ExportTime;
import dev.baton.cli.openlineage.HttpSink;
import dev.baton.cli.openlineage.KnownTasks;
import dev.baton.cli.openlineage.LineSink;
import dev.baton.cli.openlineage.LineageExport;
import dev.baton.cli.operate.ExecutionLookup;
import dev.baton.task.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton openlineage`: tells a catalogue what runs read and made, and what failed.
@Command(
        name = "openlineage",
        description = {
            "Tells of runs as OpenLineage events: what they read and made, version by version, and what failed.",
            "Told again it is the same, run by run: who has it already takes no harm."
        })
public final class OpenLineageCommand implements Callable<Integer> {
    private static final String KEY = "OPENLINEAGE_API_KEY";
    private static final String PATH = "OPENLINEAGE_ENDPOINT";
    private static final String NAMESPACE = "OPENLINEAGE_NAMESPACE";
    /// GetExecutionHistory is throttled at 5 to 20 calls a second for all of an account's callers.
    private static final Duration FAR = Duration.ofSeconds(10);
    private static final Duration NEAR = Duration.ofMillis(500);

    @Parameters(
            paramLabel = "PIPELINE|EXECUTION",
            arity = "0..1",
            description = "a pipeline's name, or an execution's name or ARN; all pipelines if nothing is said")
    private @Nullable String name;

    @ArgGroup
    private @Nullable Consumer consumer;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "only what ended from then on: 2026-11-30, or 2026-11-30T06:00:00Z")
    private @Nullable String since;

    @Option(names = "--follow", description = "go on with what happens: of an execution to its end, else until stopped")
    private boolean follow;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "of the jobs; OPENLINEAGE_NAMESPACE if nothing is said, and else one of the environment")
    private @Nullable String namespace;

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// The consumers of which one may be given.
    static final class Consumer {
        @Option(names = "--file", paramLabel = "FILE", description = "add lines of JSON to a file")
        private @Nullable Path file;

        @Option(
                names = "--url",
                paramLabel = "URL",
                description = "post to Marquez, DataHub or another; OPENLINEAGE_API_KEY is the bearer token, and"
                        + " OPENLINEAGE_ENDPOINT the path where it is not api/v1/lineage")
        private @Nullable String url;

        @Option(names = "--bus", paramLabel = "NAME", description = "put on a bus of EventBridge, where the runs are")
        private @Nullable String bus;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var from = ExportTime.of(since);
        try (var place = place();
                var sink = sink(place.endpoint())) {
            var execution = execution(place);
            var known = new KnownTasks(pipelines.all());
            var given = namespace == null ? System.getenv(NAMESPACE) : namespace;
            var export = new LineageExport(
                    place,
                    known,
                    new LineageExport.Scope(names(place, execution), execution, from),
                    given,
                    sink,
                    spec.commandLine().getErr()::println);
            var told = export.tell();
            while (follow && (execution == null || isRunning(place.endpoint(), execution))) {
                Thread.sleep(place.endpoint().address() == null ? FAR : NEAR);
                told += export.tell();
            }
            if (consumer != null) {
                spec.commandLine().getOut().println(told + (told == 1 ? " event" : " events"));
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private ExportPlace place() throws IOException {
        if (choice.isNowhere()) {
            return ExportPlace.laptop(
                    pipelines.all().stream().map(Pipeline::name).toList());
        }
        var endpoint = choice.open();
        var there = DeployedPipelines.of(endpoint);
        there.findings().forEach(spec.commandLine().getErr()::println);
        return ExportPlace.deployed(
                endpoint, there.all().stream().map(DeployedPipeline::pipeline).toList());
    }

    private LineageSink sink(Endpoint endpoint) throws IOException {
        if (consumer != null && consumer.file != null) {
            return LineSink.file(consumer.file);
        }
        if (consumer != null && consumer.url != null) {
            return HttpSink.of(consumer.url, System.getenv(PATH), System.getenv(KEY));
        }
        return consumer != null && consumer.bus != null
                ? new BusSink(endpoint.events(), consumer.bus, endpoint.prefix().word() + ".openlineage")
                : LineSink.to(spec.commandLine().getOut());
    }

    private boolean isPipeline(ExportPlace place, String called) {
        return place.pipelines().containsKey(called) || pipelines.find(called).isPresent();
    }

    /// The names of the pipelines that are told of.
    private Set<String> names(ExportPlace place, @Nullable String execution) {
        if (name != null && execution == null) {
            return Set.of(name);
        }
        if (execution != null) {
            var machine = place.endpoint()
                    .states()
                    .describeExecution(request -> request.executionArn(execution))
                    .stateMachineArn();
            return DeployedPipeline.ofMachine(place.endpoint(), machine)
                    .map(pipeline -> Set.of(pipeline.pipeline()))
                    .orElse(Set.of());
        }
        var all = new HashSet<>(place.pipelines().keySet());
        pipelines.all().forEach(pipeline -> all.add(pipeline.name()));
        return all;
    }

    /// The ARN of the execution that is asked for; null where none is.
    private @Nullable String execution(ExportPlace place) {
        return name == null || isPipeline(place, name)
                ? null
                : new ExecutionLookup(place.endpoint()).execution(name).executionArn();
    }

    private static boolean isRunning(Endpoint endpoint, String execution) {
        return endpoint.states()
                        .describeExecution(request -> request.executionArn(execution))
                        .stopDate()
                == null;
    }
}
