package dev.baton.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `baton access approve REQUEST`: grants rights that somebody else asked for.
@Command(
        name = "approve",
        description = "Grants rights on a pipeline that somebody else asked for, as baton access list shows them.")
public final class AccessApproveCommand implements Callable<Integer> {
    @Mixin
    private GrantChoice grant = new GrantChoice();

    @Override
    public Integer call() throws IOException {
        return grant.decide(true);
    }
}
