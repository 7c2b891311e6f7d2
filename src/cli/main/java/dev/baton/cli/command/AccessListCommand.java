package dev.baton.cli.command;

import dev.baton.cli.output.TextTable;
import dev.baton.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton access list PIPELINE`: the rights that people asked for.
@Command(
        name = "list",
        description =
                "Lists the rights that people asked for on a pipeline, and what became of it: all of them for those"
                        + " who may read or approve there, else one's own.")
public final class AccessListCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's name")
    private String pipeline = "";

    @Option(names = "--json", description = "one JSON object a request and line")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (var endpoint = choice.open()) {
            var grants = new RightsWords(pipeline, "").call(endpoint).grants();
            var now = InstantSource.system().instant();
            var out = spec.commandLine().getOut();
            if (json) {
                grants.forEach(grant -> out.println(Json.print(grant.toJson(now))));
            } else if (grants.isEmpty()) {
                out.println("nobody has asked for rights on " + pipeline + " in the last day");
            } else {
                var table = new TextTable("REQUEST", "WHO", "ACTIONS", "FOR", "STATUS", "REASON");
                grants.forEach(grant -> table.row(
                        pipeline + "/" + grant.request().id(),
                        grant.request().requester().shown(),
                        String.join(", ", grant.request().actions()),
                        Duration.ofSeconds(grant.request().seconds()).toString(),
                        RightsWords.phase(grant, now),
                        grant.request().reason()));
                table.print(out);
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
