package dev.baton.weather;

import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// The wet spells of a year.
@Intent("Three and more wet days in a row in one city and year")
public record WetSpells(City city, Year year) implements Task {
    private CleanObservations clean() {
        return new CleanObservations(city, year);
    }

    @Override
    public List<CleanObservations> requires() {
        return List.of(clean());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/spells/{city}/{year}.csv", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        Tables.SPELLS.write(run.output(), WetSpell.in(Tables.DAYS.read(run.input(clean()))));
    }
}
