package dev.baton.cli.command;

import dev.baton.cli.identity.RightsCall;
import dev.baton.json.Json;
import dev.baton.run.RightsGrant;
import dev.baton.run.RightsInvocation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The choice of a request for rights, the reason for what is done with it, and how the answer is shown.
final class GrantChoice {
    @Parameters(paramLabel = "REQUEST", description = "PIPELINE/ID, as baton access list shows it")
    private String request = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for the evidence")
    private String reason = "";

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /// Decides about the request as it is now.
    int decide(boolean approved) throws IOException {
        var words = RightsWords.of(request);
        return ask(words, call -> {
            var seen = words.find(call).request();
            return call.grant(new RightsInvocation.Decide(seen.id(), seen.hash(), approved, reason));
        });
    }

    /// Ends what was granted.
    int revoke() throws IOException {
        var words = RightsWords.of(request);
        return ask(words, call -> call.grant(new RightsInvocation.Revoke(words.id(), reason)));
    }

    private int ask(RightsWords words, Function<RightsCall, RightsGrant> asked) throws IOException {
        try (var endpoint = choice.open()) {
            var done = asked.apply(words.call(endpoint));
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
