package dev.baton.cli.pipelines.hostile;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// The root: the vault and the burglar side by side.
@Intent("A night at the vault")
public record Caper(Year year) implements Task {
    private Burglar burglar() {
        return new Burglar(year);
    }

    @Override
    public List<Task> requires() {
        return List.of(burglar(), new Vault(year));
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/capers/{year}.json", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(burglar()).text());
    }
}
