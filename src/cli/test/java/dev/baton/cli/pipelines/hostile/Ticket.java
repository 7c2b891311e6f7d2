package dev.baton.cli.pipelines.hostile;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import java.time.Year;

/// What lets the burglar in.
@Intent("What lets the burglar in")
public record Ticket(Year year) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/tickets/{year}.txt", this);
    }
}
