package dev.baton.cli.suite.bakery;

import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

/// Stumbles where it is told to.
@Intent("Grain, ground")
@Retries(value = 1, intervalSeconds = 1)
public record Flour(Course course) implements Task {
    private Grain grain() {
        return new Grain(course);
    }

    @Override
    public List<Grain> requires() {
        return List.of(grain());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://bakery/flour/{course}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        if (course == Course.STUMBLING && run.attempt() == 0) {
            throw new IOException("the mill is stuck");
        }
        run.output().text("flour of " + run.input(grain()).text());
    }
}
