package dev.baton.cli.command;

import dev.baton.cli.operate.ExecutionLookup;
import dev.baton.cli.operate.ExecutionRestart;
import dev.baton.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton stop EXECUTION`: ends an execution that runs.
@Command(
        name = "stop",
        description = "Stops an execution that runs. What its tasks have completed stays; it can be redriven.")
public final class StopCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXECUTION", description = "the execution's name or ARN")
    private String execution = "";

    @Option(names = "--cause", paramLabel = "TEXT", description = "why, for the execution's history")
    private String cause = "stopped by baton stop";

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try (var endpoint = choice.open()) {
            var found = new ExecutionLookup(endpoint).execution(execution);
            var stopped = new ExecutionRestart(endpoint).stop(found.executionArn(), cause);
            var out = spec.commandLine().getOut();
            if (json) {
                var told = new LinkedHashMap<String, @Nullable Object>();
                told.put("event", "stopped");
                told.put("execution", found.name());
                told.put("arn", found.executionArn());
                told.put("at", stopped.toString());
                out.println(Json.print(told));
            } else {
                out.println("stopped     " + found.name());
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
