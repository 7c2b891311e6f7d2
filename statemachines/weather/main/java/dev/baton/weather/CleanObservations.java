package dev.baton.weather;

import dev.baton.task.Expect;
import dev.baton.task.Input;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// The observations, validated: every day of the year once and in order, every figure one that weather can have.
@Intent("Observations of one city and year, validated day by day")
@Expect(minRows = 365, maxRows = 366)
// A thermometer that stands still passes every check of a single day.
@Expect(column = "temp_max_c", minDistinct = 30)
public record CleanObservations(City city, Year year) implements Task {
    private Observations raw() {
        return new Observations(city, year);
    }

    @Override
    public List<Observations> requires() {
        return List.of(raw());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/clean/{city}/{year}.csv", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var file = run.input(raw());
        var days = Tables.DAYS.read(file);
        requireEveryDay(file, days);
        Tables.DAYS.write(run.output(), days);
    }

    private void requireEveryDay(Input file, List<Day> days) {
        for (var i = 0; i < year.length(); i++) {
            var expected = year.atDay(i + 1);
            if (i == days.size()) {
                throw file.invalid(i + 2L, 1, "expected " + expected + ", but the file ends");
            }
            if (!days.get(i).date().equals(expected)) {
                throw file.invalid(
                        i + 2L,
                        1,
                        "expected " + expected + ", but was " + days.get(i).date());
            }
        }
        if (days.size() > year.length()) {
            throw file.invalid(year.length() + 2L, 1, "expected the file to end with the year");
        }
    }
}
