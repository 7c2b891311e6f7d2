package dev.baton.cli.command;

import dev.baton.json.Json;
import dev.baton.run.RightsInvocation;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton access request PIPELINE`: asks for rights for a while.
@Command(
        name = "request",
        description =
                "Asks for rights on a pipeline for a while. Somebody else whom the policies let approve says yes or"
                        + " no; then baton access take.")
public final class AccessRequestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "the pipeline's name")
    private String pipeline = "";

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            required = true,
            split = ",",
            description = "read, start, rerun, force, backfill, redrive, stop, approve; several behind commas")
    private List<String> actions = new ArrayList<>();

    @Option(names = "--for", paramLabel = "TIME", required = true, description = "from the approval on, such as PT1H")
    private String time = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why: it is what is decided by")
    private String reason = "";

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var seconds = RightsWords.seconds(time);
        try (var endpoint = choice.open()) {
            var asked = new RightsWords(pipeline, "")
                    .call(endpoint)
                    .grant(new RightsInvocation.Request(new TreeSet<>(actions), seconds, reason));
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.print(asked.toJson(InstantSource.system().instant())));
            } else {
                RightsWords.tell(asked, InstantSource.system(), out);
                out.println("Who may approve says yes: baton access approve " + pipeline + "/"
                        + asked.request().id() + " --reason TEXT");
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
