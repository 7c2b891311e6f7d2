package dev.baton.cli.command;

import dev.baton.json.Json;
import dev.baton.run.RightsInvocation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton access approve REQUEST`: grants rights that somebody else asked for.
@Command(
        name = "approve",
        description = "Grants rights on a pipeline that somebody else asked for, as baton access list shows them.")
public final class AccessApproveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REQUEST", description = "PIPELINE/ID, as baton access list shows it")
    private String request = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for the evidence")
    private String reason = "";

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var words = RightsWords.of(request);
        try (var endpoint = choice.open()) {
            var call = words.call(endpoint);
            var seen = words.find(call).request();
            var done = call.grant(new RightsInvocation.Decide(seen.id(), seen.hash(), true, reason));
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.print(done.toJson(InstantSource.system().instant())));
            } else {
                RightsWords.tell(done, InstantSource.system(), out);
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
