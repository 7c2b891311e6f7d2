package dev.baton.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `baton approve EXECUTION TASK`: says yes to what waits for an approval.
@Command(
        name = "approve",
        description =
                "Approves a task that waits for it. What is approved is what was asked: where code, inputs or permissions"
                        + " have changed since, the approval is void.")
public final class ApproveCommand implements Callable<Integer> {
    @Mixin
    private ApprovalWords words = new ApprovalWords();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        return words.send(spec, true);
    }
}
