package dev.baton.cli.pipelines.hostile;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import java.time.Year;

/// What the burglar is after.
@Intent("What only the vault may see")
public record Treasure(Year year) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/treasure/{year}.txt", this);
    }
}
