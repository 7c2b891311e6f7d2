package dev.baton.lambda.farm;

import dev.baton.task.Approval;
import dev.baton.task.Intent;
import dev.baton.task.Owner;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.util.List;

@Intent("The wine of one year")
@Owner("cellar")
@Retries(0)
@Approval(by = "tasters", within = "P1D", quorum = 2, why = "What is bottled is sold")
public record Wine(int year) implements Task {
    @Override
    public List<Juice> requires() {
        return List.of(new Juice(year));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/wine/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text("wine of " + run.input(new Juice(year)).text());
    }
}
