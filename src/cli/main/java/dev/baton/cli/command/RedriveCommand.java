package dev.baton.cli.command;

import dev.baton.cli.follow.ProgressReport;
import dev.baton.cli.follow.RunEvent;
import dev.baton.cli.operate.ExecutionRestart;
import dev.baton.cli.operate.Follower;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `baton redrive EXECUTION`: goes on where an execution failed.
@Command(
        name = "redrive",
        description = "Lets an execution that failed, timed out or was stopped go on with the states that did not"
                + " succeed; it keeps the code that it was started with.")
public final class RedriveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXECUTION", description = "the execution's name or ARN")
    private String execution = "";

    @Option(names = "--follow", description = "tell how it goes until it has ended")
    private boolean follow;

    @Option(names = "--json", description = "one JSON object an event and line")
    private boolean json;

    @Mixin
    private EnvironmentChoice choice = new EnvironmentChoice();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var endpoint = choice.open();
                var progress = ProgressReport.on(spec.commandLine().getOut(), json)) {
            var redriven = new ExecutionRestart(endpoint).redrive(execution);
            progress.tell(new RunEvent.Redriven(redriven.name(), redriven.arn()));
            return !follow || new Follower(endpoint, progress).follow(List.of(redriven.arn()))
                    ? CommandLine.ExitCode.OK
                    : CommandLine.ExitCode.SOFTWARE;
        }
    }
}
