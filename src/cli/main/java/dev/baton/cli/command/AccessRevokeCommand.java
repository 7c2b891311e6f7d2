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

/// `baton access revoke REQUEST`: ends rights before their time.
@Command(
        name = "revoke",
        description =
                "Ends rights before their time, one's own or, for who may approve, those of others. Their sessions end too.")
public final class AccessRevokeCommand implements Callable<Integer> {
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
            var done = call.grant(new RightsInvocation.Revoke(words.id(), reason));
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
