package dev.baton.cli.command;

import dev.baton.cli.artefact.FunctionPackage;
import dev.baton.cli.artefact.Provenance;
import dev.baton.cli.deploy.put.ManualEdits;
import dev.baton.cli.deploy.read.DeploymentPlan;
import dev.baton.cli.deploy.read.DeploymentPreview;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.EnvironmentNames;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton diff ENV`: what a deployment would change.
@Command(
        name = "diff",
        description =
                "Tells what deploy would change of what is there: definitions, code, permissions and settings apart."
                        + " A permission that allows more than before is marked, and so is what somebody edited by hand since the"
                        + " last deployment, which deploy takes back.")
public final class DiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ENV", description = "an entry of cdk/environments.json")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PIPELINE",
            description = "which pipelines; all if nothing is said")
    private List<String> chosen = new ArrayList<>();

    @Option(names = "--json", description = "one JSON object a difference and line")
    private boolean json;

    @Mixin
    private PipelineChoice pipelines = new PipelineChoice();

    @Mixin
    private EndpointChoice choice = new EndpointChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var environment = EndpointChoice.environment(name);
        var compiled = DeployedEnvironment.compile(
                pipelines, chosen, environment, spec.commandLine().getErr()::println);
        try (var endpoint = choice.open(environment)) {
            for (var pipeline : compiled) {
                var names = DeployedEnvironment.names(
                        endpoint, environment, pipeline, Provenance.of(pipeline).revision());
                var preview =
                        DeploymentPreview.of(endpoint, names.stateBucket(), pipeline, plan(endpoint, names, pipeline));
                tell(pipeline.name(), preview);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private static DeploymentPlan plan(Endpoint endpoint, EnvironmentNames names, CompiledPipeline pipeline) {
        var code = FunctionPackage.of(pipeline.graph().pipeline().root());
        return new DeploymentPlan(endpoint, code.runtimeHash(), names);
    }

    private void tell(String pipeline, DeploymentPreview preview) {
        preview.left().forEach(edit -> spec.commandLine().getErr().println(ManualEdits.stays(edit)));
        var differences = preview.differences();
        var out = spec.commandLine().getOut();
        if (json) {
            differences.forEach(difference -> {
                var line = difference.toJson();
                line.put("pipeline", pipeline);
                out.println(Json.print(line));
            });
            return;
        }
        if (preview.isNew()) {
            out.printf("%s is not deployed here: all of it is new, %d resources%n", pipeline, differences.size());
            return;
        }
        if (differences.isEmpty()) {
            out.printf("%s is deployed as it is%n", pipeline);
        }
        for (var difference : differences) {
            out.printf(
                    "%-12s%s%s%s: %s%n",
                    difference.kind().word(),
                    difference.widens() ? "WIDENS  " : "",
                    difference.edited() ? "EDITED  " : "",
                    difference.resource(),
                    difference.says());
        }
    }
}
