package dev.baton.lambda.farm;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;

@Intent("The sacks of one field in one year, a number a line")
public record Harvest(Field field, int year) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/landing/{field}/{year}.txt", this);
    }
}
