package dev.baton.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `baton access reject REQUEST`: refuses rights that somebody else asked for.
@Command(name = "reject", description = "Refuses rights on a pipeline that somebody else asked for.")
public final class AccessRejectCommand implements Callable<Integer> {
    @Mixin
    private GrantChoice grant = new GrantChoice();

    @Override
    public Integer call() throws IOException {
        return grant.decide(false);
    }
}
