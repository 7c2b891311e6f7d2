package dev.baton.lambda.farm;

import dev.baton.task.Cron;
import dev.baton.task.Intent;
import dev.baton.task.Rate;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/// No upload tells its day: a schedule does.
@Intent("What is to be done on one day")
@Cron(value = "0 6 * * ? *", zone = "Europe/Berlin", shift = "-P1D")
@Rate("12 hours")
public record Almanac(LocalDate day) implements Task {
    @Override
    public List<Sunrise> requires() {
        return List.of(new Sunrise());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/almanac/{day}.txt", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        run.output().text(run.input(new Sunrise()).text());
    }
}
