package dev.baton.cli.suite.bakery;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;

/// The upload.
@Intent("Grain that somebody delivered")
public record Grain(Course course) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://bakery/landing/{course}.txt", this);
    }
}
