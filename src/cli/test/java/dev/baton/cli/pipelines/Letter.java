package dev.baton.cli.pipelines;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import java.time.Year;

/// An upload.
@Intent("A letter of somebody")
public record Letter(Person to, Year year) implements ExternalTask {
    /// Who gets letters.
    public enum Person {
        ANNE,
        BOB
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/landing/{to}/{year}.txt", this);
    }
}
