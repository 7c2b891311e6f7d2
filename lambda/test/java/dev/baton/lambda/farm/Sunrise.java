package dev.baton.lambda.farm;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;

@Intent("When the sun rises, on every day that there is")
public record Sunrise() implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/landing/sunrise.txt", this);
    }
}
