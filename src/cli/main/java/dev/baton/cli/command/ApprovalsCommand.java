package dev.baton.cli.command;

import dev.baton.cli.approval.ApprovalCalls;
import dev.baton.cli.approval.ApprovalText;
import dev.baton.cli.deploy.read.DeployedPipeline;
import dev.baton.cli.deploy.read.DeployedPipelines;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton approvals [PIPELINE]`: what waits for an approval.
@Command(
        name = "approvals",
        description = "Lists what waits for an approval, of what you may see: what is asked, about which versions and"
                + " code, by when, and the command that decides.")
public final class ApprovalsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", arity = "0..1", description = "the pipeline's name; all if nothing is said")
    private @Nullable String name;

    @Option(
            names = "--execution",
            paramLabel = "NAME",
            description = "all of one execution, also what was decided; its pipeline has to be named")
    private @Nullable String execution;

    @Option(names = "--json", description = "one JSON object an approval and line")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (execution != null && name == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--execution needs the name of the pipeline: baton approvals PIPELINE …");
        }
        try (var endpoint = choice.open()) {
            var out = spec.commandLine().getOut();
            var count = 0;
            for (var pipeline : name == null ? governed(endpoint) : List.of(DeployedPipeline.of(endpoint, name))) {
                for (var approval : new ApprovalCalls(endpoint, pipeline).list(Optional.ofNullable(execution))) {
                    count++;
                    if (json) {
                        out.println(Json.print(approval.toJson()));
                    } else {
                        new ApprovalText(approval).print(out);
                    }
                }
            }
            if (count == 0 && !json) {
                out.println("nothing waits for an approval");
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private List<DeployedPipeline> governed(Endpoint endpoint) {
        var there = DeployedPipelines.of(endpoint);
        there.findings().forEach(spec.commandLine().getErr()::println);
        return there.all().stream().filter(DeployedPipeline::governed).toList();
    }
}
