package dev.baton.cli.suite.bakery;

import dev.baton.task.Access;
import dev.baton.task.DataInvalid;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

/// Wants the oven to be on where it is told to.
@Intent("Flour, toasted")
public record Crumbs(Course course) implements Task {
    /// What lies there when the oven is on.
    public static final String OVEN = "s3://bakery/oven/";

    private Flour flour() {
        return new Flour(course);
    }

    @Override
    public List<Flour> requires() {
        return List.of(flour());
    }

    @Override
    public List<Access> uses() {
        return List.of(Access.list(OVEN));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://bakery/crumbs/{course}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        if (course == Course.COLD && run.list(OVEN).isEmpty()) {
            throw new DataInvalid(OVEN, "the oven is off");
        }
        run.output().text("crumbs of " + run.input(flour()).text());
    }
}
