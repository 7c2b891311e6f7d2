package dev.baton.cli.pipelines;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// A task that declares what it does.
@Intent("The letter as its receiver read it")
public record Read(Letter.Person by, Year year) implements Task {
    private Letter letter() {
        return new Letter(by, year);
    }

    @Override
    public List<Letter> requires() {
        return List.of(letter());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/read/{by}/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(letter()).text());
    }
}
