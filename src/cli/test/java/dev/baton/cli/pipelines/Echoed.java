package dev.baton.cli.pipelines;

import dev.baton.task.ExternalTask;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// Waits for what the pipeline of [Fragile] makes.
@Intent("What is said after it")
public record Echoed(Year year) implements Task {

    /// The output of [Fragile], as somebody else knows it.
    @Intent("What another pipeline makes while nothing is broken")
    public record Sound(Year year) implements ExternalTask {
        @Override
        public Target output() {
            return S3Target.at("s3://lake/fragile/{year}.txt", this);
        }
    }

    private Sound sound() {
        return new Sound(year);
    }

    @Override
    public List<Sound> requires() {
        return List.of(sound());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/echoes/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(sound()).text());
    }
}
