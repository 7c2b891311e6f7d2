package dev.baton.cli;

import dev.baton.cli.operate.Deployed;
import dev.baton.cli.operate.Garbage;
import dev.baton.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton gc`: removes versions that nothing uses.
@Command(
        name = "gc",
        description = "Removes the versions of functions and state machines that no alias, no running execution and no"
                + " execution that may be redriven uses.")
final class GcCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", arity = "0..1", description = "the pipeline's name; all if nothing is said")
    private @Nullable String name;

    @Option(names = "--dry-run", description = "only tell what would be removed")
    private boolean dry;

    @Option(names = "--json", description = "one JSON object a version and line")
    private boolean json;

    @Mixin
    private EndpointChoice choice = new EndpointChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (var endpoint = choice.open()) {
            var pipelines = name == null
                    ? Deployed.names(endpoint)
                    : List.of(Deployed.of(endpoint, name).pipeline());
            var count = 0;
            for (var pipeline : pipelines) {
                var garbage = new Garbage(endpoint);
                var unused = garbage.of(pipeline);
                if (!dry) {
                    garbage.remove(unused);
                }
                unused.machines().forEach(arn -> tell("state machine", arn));
                unused.functions().forEach(arn -> tell("function", arn));
                count += unused.machines().size() + unused.functions().size();
            }
            if (!json) {
                spec.commandLine()
                        .getOut()
                        .printf(
                                "%d version%s %s%n",
                                count, count == 1 ? "" : "s", dry ? "would be removed" : "removed");
            }
            return CommandLine.ExitCode.OK;
        }
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
