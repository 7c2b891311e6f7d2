package dev.baton.cli.pipelines.hostile;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// The burglar's sibling.
@Intent("The treasure, kept")
public record Vault(Year year) implements Task {
    private Treasure treasure() {
        return new Treasure(year);
    }

    @Override
    public List<Treasure> requires() {
        return List.of(treasure());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/vault/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(treasure()).text());
    }
}
