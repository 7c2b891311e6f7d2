package dev.baton.cli.command;

import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.DeployedPipelines;
import dev.baton.cli.deploy.read.DriftReport;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.deploy.read.PresentSnapshot;
import dev.baton.cli.deploy.read.ResourceChange;
import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton drift ENV`: what is not as it was deployed.
@Command(
        name = "drift",
        description = {
            "Compares definitions, roles, functions, task definitions, buckets and rules with what the last deployment put"
                    + " there, and names the place of every difference.",
            "Ends with 1 where there is one."
        })
public final class DriftCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ENV", arity = "0..1", description = "an entry of cdk/environments.json")
    private @Nullable String environment;

    @Option(names = "--json", description = "one JSON object a difference and line")
    private boolean json;

    @Mixin
    private EndpointChoice choice = new EndpointChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try (var endpoint = choice.open(environment)) {
            var present = new PresentSnapshot(endpoint, endpoint.account());
            var buckets = new LinkedHashSet<String>();
            var there = DeployedPipelines.of(endpoint);
            there.findings().forEach(spec.commandLine().getErr()::println);
            var pipelines = there.all();
            pipelines.forEach(pipeline -> buckets.add(pipeline.stateBucket()));
            var manifests = buckets.stream()
                    .flatMap(bucket -> new Manifests(endpoint, bucket).all().stream())
                    .toList();
            var found = environment == null ? 0 : begun(endpoint, pipelines);
            if (pipelines.isEmpty() && found == 0 && !json) {
                out.println(DeployedPipeline.NOTHING);
            }
            for (var pipeline : pipelines) {
                var store = new Manifests(endpoint, pipeline.stateBucket());
                store.unfinished(pipeline.pipeline())
                        .ifPresent(
                                begun -> spec.commandLine().getErr().println(unfinished(pipeline.pipeline(), begun)));
                var known = store.find(pipeline.pipeline());
                if (known.isEmpty()) {
                    spec.commandLine().getErr().println(unknown(pipeline));
                    found++;
                    continue;
                }
                var manifest = known.get();
                var changes = new DriftReport(manifest, manifests).changes(present);
                found += changes.size();
                for (var change : changes) {
                    out.println(
                            json
                                    ? line(pipeline, change)
                                    : DriftReport.finding(change).toString());
                }
                if (!json && changes.isEmpty()) {
                    out.printf("%s is as it was deployed at %s%n", pipeline.pipeline(), manifest.deployedAt());
                }
            }
            return found == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    /// What began in the environment and came to no state machine yet.
    ///
    /// @return how many
    private int begun(Endpoint endpoint, List<DeployedPipeline> deployed) throws IOException {
        var bucket = EndpointChoice.environment(String.valueOf(environment))
                .stateBucket()
                .name();
        var names = deployed.stream().map(DeployedPipeline::pipeline).toList();
        var begun = new TreeMap<>(new Manifests(endpoint, bucket).unfinished());
        begun.keySet().removeAll(names);
        begun.forEach((pipeline, at) -> spec.commandLine().getErr().println(unfinished(pipeline, at)));
        return begun.size();
    }

    private static String line(DeployedPipeline pipeline, ResourceChange change) {
        var told = change.toJson();
        told.put("pipeline", pipeline.pipeline());
        return Json.print(told);
    }

    private static Diagnostic unfinished(String pipeline, Instant begun) {
        return Diagnostic.warning(
                "CLI021",
                Location.named(pipeline),
                "a deployment began at " + begun + " and did not end",
                "deploy again: what is done already is not done twice");
    }

    private static Diagnostic unknown(DeployedPipeline pipeline) {
        return Diagnostic.error(
                "CLI021",
                Location.named(pipeline.pipeline()),
                "s3://" + pipeline.stateBucket() + " has no manifest of a complete deployment",
                "deploy it with baton deploy, which writes one at the end");
    }
}
