package dev.baton.cli.command;

import dev.baton.cli.operate.ExecutionLookup;
import dev.baton.cli.operate.HistoryJson;
import dev.baton.cli.operate.HistoryText;
import dev.baton.cli.output.TextTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// `baton history EXECUTION`: what happened, event by event.
@Command(
        name = "history",
        description = {
            "Prints every event of an execution.",
            "With --json as aws stepfunctions get-execution-history does, which baton replay --history takes together"
                    + " with what --definition prints."
        })
public final class HistoryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXECUTION", description = "the execution's name or ARN")
    private String execution = "";

    @Option(names = "--json", description = "as AWS's own command prints it")
    private boolean json;

    @Option(names = "--definition", description = "print the definition that the execution runs instead")
    private boolean definition;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try (var endpoint = choice.open()) {
            var arn = new ExecutionLookup(endpoint).execution(execution).executionArn();
            if (definition) {
                out.println(endpoint.states()
                        .describeStateMachineForExecution(request -> request.executionArn(arn))
                        .definition());
                return CommandLine.ExitCode.OK;
            }
            var events = endpoint
                    .states()
                    .getExecutionHistoryPaginator(
                            request -> request.executionArn(arn).maxResults(1000))
                    .events()
                    .stream()
                    .toList();
            if (json) {
                out.println(HistoryJson.print(events));
            } else {
                table(events).print(out);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private static TextTable table(List<HistoryEvent> events) {
        var table = new TextTable("ID", "AFTER", "EVENT", "STATE", "DETAIL");
        var text = new HistoryText();
        for (var event : events) {
            var state = text.state(event);
            var after = Duration.between(events.getFirst().timestamp(), event.timestamp());
            table.row(
                    Long.toString(event.id()),
                    String.format(Locale.ROOT, "%.3f s", after.toMillis() / 1000.0),
                    event.typeAsString(),
                    state,
                    text.detail(event));
        }
        return table;
    }
}
