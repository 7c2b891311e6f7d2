package dev.baton.cli.pipelines;

import dev.baton.task.Intent;
import dev.baton.task.Recover;
import dev.baton.task.Retries;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Year;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The power of a year, which is redriven by itself when a service was away.
@Retries(0)
@Intent("What the turbine made in a year")
@Recover(
        on = {"java.net.ConnectException", "Lambda.TooManyRequestsException", "States.Timeout"},
        times = 2,
        after = "PT10M")
public record Turbine(Year year) implements Task {
    /// Whether the service is away.
    public static final AtomicBoolean AWAY = new AtomicBoolean();

    private Letter letter() {
        return new Letter(Letter.Person.ANNE, year);
    }

    @Override
    public List<Letter> requires() {
        return List.of(letter());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/turbine/{year}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        if (AWAY.get()) {
            throw new ConnectException("nobody is there");
        }
        run.output().text(run.input(letter()).text());
    }
}
