package dev.baton.cli.command;

import dev.baton.cli.deploy.put.FunctionPackages;
import dev.baton.cli.deploy.put.LeftSchedules;
import dev.baton.cli.deploy.put.Retirement;
import dev.baton.cli.deploy.put.UnusedVersions;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.DeployedPipelines;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.SchedulerApi;
import dev.baton.json.Json;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton gc`: removes what nothing uses.
@Command(
        name = "gc",
        description =
                "Removes the versions of functions and state machines and the revisions of task definitions that no"
                        + " alias, no running execution and no execution that may be redriven uses, and the packages that no"
                        + " function is made of.")
public final class GcCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", arity = "0..1", description = "the pipeline's name; all if nothing is said")
    private @Nullable String name;

    @Option(names = "--dry-run", description = "only tell what would be removed")
    private boolean dry;

    @Option(names = "--json", description = "one JSON object a version and line")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final InstantSource time;

    public GcCommand() {
        this(InstantSource.system());
    }

    /// @param time what is old is told by
    public GcCommand(InstantSource time) {
        this.time = time;
    }

    @Override
    public Integer call() throws IOException {
        try (var endpoint = choice.open()) {
            var pipelines = name == null ? all(endpoint) : List.of(DeployedPipeline.of(endpoint, name));
            var count = 0;
            var gone = new ArrayList<String>();
            var buckets = new TreeSet<String>();
            for (var pipeline : pipelines) {
                var garbage = new UnusedVersions(endpoint);
                var unused = garbage.of(pipeline.pipeline());
                if (!dry) {
                    garbage.remove(unused);
                }
                count += tell("state machine", unused.machines());
                count += tell("function", unused.functions());
                count += tell(
                        "task",
                        unused.retired().stream().flatMap(Retirement.Gone::arns).toList());
                count += tell("task definition", unused.taskDefinitions());
                var schedules = new LeftSchedules(endpoint, pipeline.stateBucket());
                var left = schedules.of(pipeline.pipeline());
                if (!dry) {
                    schedules.remove(left);
                }
                count += tell(
                        "schedule", left.stream().map(SchedulerApi.Listed::arn).toList());
                gone.addAll(unused.functions());
                buckets.add(pipeline.stateBucket());
            }
            for (var bucket : buckets) {
                var packages = new FunctionPackages(endpoint, bucket);
                var unneeded = packages.unneeded(gone, time.instant());
                if (!dry) {
                    packages.remove(unneeded);
                }
                count += tell(
                        "package",
                        unneeded.stream().map(FunctionPackages.Unneeded::arn).toList());
            }
            if (!json) {
                spec.commandLine().getOut().printf("%d %s%n", count, dry ? "would be removed" : "removed");
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private List<DeployedPipeline> all(Endpoint endpoint) {
        var there = DeployedPipelines.of(endpoint);
        there.findings().forEach(spec.commandLine().getErr()::println);
        return there.all();
    }

    private int tell(String kind, List<String> arns) {
        arns.forEach(arn -> tell(kind, arn));
        return arns.size();
    }

    private void tell(String kind, String arn) {
        var out = spec.commandLine().getOut();
        if (json) {
            var line = new LinkedHashMap<String, @Nullable Object>();
            line.put("event", dry ? "unused" : "removed");
            line.put("kind", kind);
            line.put("arn", arn);
            out.println(Json.print(line));
        } else {
            out.println((dry ? "unused      " : "removed     ") + arn);
        }
    }
}
