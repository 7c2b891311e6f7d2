package dev.baton.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `baton access revoke REQUEST`: ends rights before their time.
@Command(
        name = "revoke",
        description =
                "Ends rights before their time, one's own or, for who may approve, those of others. Their sessions end too.")
public final class AccessRevokeCommand implements Callable<Integer> {
    @Mixin
    private GrantChoice grant = new GrantChoice();

    @Override
    public Integer call() throws IOException {
        return grant.revoke();
    }
}
