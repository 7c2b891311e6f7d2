package dev.baton.cli.suite.bakery;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

/// Joins two branches, of which one has another successor: an await.
@Intent("Flour and water, kneaded")
public record Dough(Course course) implements Task {
    private Flour flour() {
        return new Flour(course);
    }

    private Water water() {
        return new Water(course);
    }

    @Override
    public List<Task> requires() {
        return List.of(flour(), water());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://bakery/dough/{course}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(flour()).text() + " with " + run.input(water()).text());
    }
}
