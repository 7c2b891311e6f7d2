package dev.baton.cli.command;

import dev.baton.json.Json;
import dev.baton.run.RightsInvocation;
import dev.baton.run.StrictFields;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton access take REQUEST`: credentials with what was granted. Nothing keeps them.
@Command(
        name = "take",
        description =
                "Prints credentials with exactly what was granted, for a shell; with --json as credential_process of"
                        + " an AWS profile takes them. They live for an hour at most and can be taken again while the rights"
                        + " hold.")
public final class AccessTakeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "REQUEST", description = "PIPELINE/ID, as baton access list shows it")
    private String request = "";

    @Option(names = "--json", description = "the form of credential_process")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var words = RightsWords.of(request);
        try (var endpoint = choice.open()) {
            var session = words.call(endpoint).read(new RightsInvocation.Take(words.id()), answer -> answer);
            var credentials = session.object("credentials");
            if (json) {
                spec.commandLine().getOut().println(Json.print(credentials.values()));
            } else {
                print(session, credentials);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private void print(StrictFields session, StrictFields credentials) {
        var out = spec.commandLine().getOut();
        out.println("export AWS_ACCESS_KEY_ID=" + credentials.string("AccessKeyId"));
        out.println("export AWS_SECRET_ACCESS_KEY=" + credentials.string("SecretAccessKey"));
        out.println("export AWS_SESSION_TOKEN=" + credentials.string("SessionToken"));
        out.println("# " + session.string("session"));
        out.println("# as " + session.string("sourceIdentity") + ", until " + credentials.string("Expiration"));
    }
}
