package dev.baton.lambda.farm;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/// On one day of each month another graph: its author forgot it.
@Intent("What was seen by whoever rose before the sun")
public record Vigil(LocalDate day) implements Task {
    @Override
    public List<Task> requires() {
        return day.getDayOfMonth() == 23
                ? List.of(new Dew(day), new Sunrise(), new Dew(day.minusDays(1)))
                : List.of(new Dew(day), new Sunrise());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/vigil/{day}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(new Sunrise()).text());
    }
}
