package dev.baton.lambda.farm;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;

@Intent("The grapes of one year")
public record Grapes(int year) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/grapes/{year}.txt", this);
    }
}
