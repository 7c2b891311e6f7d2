package dev.baton.cli.suite.bakery;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.sfn.SfnClient;

/// Snoops where it is told to.
@Intent("Water, as much as the grain needs")
public record Water(Course course) implements Task {
    private Grain grain() {
        return new Grain(course);
    }

    @Override
    public List<Grain> requires() {
        return List.of(grain());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://bakery/water/{course}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        if (course == Course.SNOOPING) {
            run.client(SfnClient.class).listStateMachines();
        }
        run.output().text(run.input(grain()).text().length() + " spoons of water");
    }
}
