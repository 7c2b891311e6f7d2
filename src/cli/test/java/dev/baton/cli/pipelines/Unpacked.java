package dev.baton.cli.pipelines;

import dev.baton.task.Intent;
import dev.baton.task.Pattern;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

/// A parcel's content under the parcel's own name.
@Intent("What was in it")
public record Unpacked(@Pattern(value = "[^/]+", samples = {"a", "b"}) String name) implements Task {
    private Parcel parcel() {
        return new Parcel(name);
    }

    @Override
    public List<Parcel> requires() {
        return List.of(parcel());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/unpacked/{name}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(parcel()).text());
    }
}
