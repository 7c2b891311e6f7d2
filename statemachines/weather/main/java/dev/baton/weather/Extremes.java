package dev.baton.weather;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// The days that went furthest.
@Intent("The hottest, coldest, wettest and windiest day of one city and year")
public record Extremes(City city, Year year) implements Task {
    private CleanObservations clean() {
        return new CleanObservations(city, year);
    }

    @Override
    public List<CleanObservations> requires() {
        return List.of(clean());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/extremes/{city}/{year}.csv", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        Tables.EXTREMES.write(run.output(), Extreme.of(Tables.DAYS.read(run.input(clean()))));
    }
}
