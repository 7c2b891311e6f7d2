package dev.baton.cli.suite.bakery;

import dev.baton.task.Intent;
import dev.baton.task.Pipeline;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

/// The root.
@Intent("A loaf with crumbs on it")
public record Loaf(Course course) implements Task {
    public static final Pipeline PIPELINE = Pipeline.of("bakery", Loaf.class);

    private Dough dough() {
        return new Dough(course);
    }

    private Crumbs crumbs() {
        return new Crumbs(course);
    }

    @Override
    public List<Task> requires() {
        return List.of(dough(), crumbs());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://bakery/loaves/{course}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(dough()).text() + ", and " + run.input(crumbs()).text());
    }
}
