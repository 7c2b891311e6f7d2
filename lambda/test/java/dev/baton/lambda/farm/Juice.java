package dev.baton.lambda.farm;

import dev.baton.task.Approval;
import dev.baton.task.Intent;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

@Intent("The juice of one year")
@Retries(0)
@Approval(by = "vintners", within = "PT1H", why = "Grapes are pressed once")
public record Juice(int year) implements Task {
    @Override
    public List<Grapes> requires() {
        return List.of(new Grapes(year));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/juice/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text("juice of " + run.input(new Grapes(year)).text());
    }
}
