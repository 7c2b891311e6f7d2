package dev.baton.cli.pipelines;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.S3Target;
import dev.baton.task.Target;

/// An upload that may be called almost anything.
@Intent("What somebody sent")
public record Parcel(@Pattern(value = "[^/]+", samples = {"a", "b"}) String name) implements ExternalTask {
    @Override
    public Target output() {
        return S3Target.at("s3://lake/landing/{name}.txt", this);
    }
}
