package dev.baton.lambda.farm;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import java.time.LocalDate;

@Intent("The dew of a morning")
public record Dew(LocalDate day) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/landing/dew/{day}.txt", this);
    }
}
