package dev.baton.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `baton reject EXECUTION TASK`: says no to what waits for an approval.
@Command(name = "reject", description = "Rejects a task that waits for an approval: its run fails, with your reason.")
public final class RejectCommand implements Callable<Integer> {
    @Mixin
    private ApprovalWords words = new ApprovalWords();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        return words.send(spec, false);
    }
}
