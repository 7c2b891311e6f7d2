package dev.baton.cli.command;

import dev.baton.cli.approval.ApprovalText;
import dev.baton.cli.approval.OwnDecision;
import dev.baton.json.Json;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The words of a decision about an approval, which yes and no have in common.
final class ApprovalWords {
    @Parameters(index = "0", paramLabel = "EXECUTION", description = "the execution's name or ARN")
    private String execution = "";

    @Parameters(
            index = "1",
            paramLabel = "TASK",
            description = "the node, or the name of the task's class where one of it waits")
    private String task = "";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "why, for the evidence and for whoever waits")
    private String reason = "";

    @Option(
            names = "--request",
            paramLabel = "HASH",
            description = "the request that you looked at, as baton approvals shows it: another one is not decided")
    private @Nullable String request;

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    int send(CommandSpec spec, boolean approved) throws IOException {
        try (var endpoint = choice.open()) {
            var decided =
                    new OwnDecision(execution, task, Optional.ofNullable(request), approved, reason).send(endpoint);
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.print(decided.toJson()));
            } else {
                out.println(decided.request().node() + "  " + new ApprovalText(decided).state());
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
