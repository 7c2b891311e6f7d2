package dev.baton.weather;

import dev.baton.json.Json;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;

/// Seattle's year held against New York's; what it needs of New York is the months only, so it need not wait for
/// New York's wet spells.
@Intent("How the two cities' months differed, and what Seattle's longest wet spell would have been in New York")
public record CityComparison(Year year) implements Task {
    private MonthlyNormals seattle() {
        return new MonthlyNormals(City.SEATTLE, year);
    }

    private MonthlyNormals newYork() {
        return new MonthlyNormals(City.NEW_YORK, year);
    }

    private WetSpells spells() {
        return new WetSpells(City.SEATTLE, year);
    }

    @Override
    public List<Task> requires() {
        return List.of(seattle(), newYork(), spells());
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/comparison/{year}.json", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var comparison = Comparison.of(
                Tables.NORMALS.read(run.input(seattle())),
                Tables.NORMALS.read(run.input(newYork())),
                Tables.SPELLS.read(run.input(spells())));
        run.output().contentType("application/json").text(Json.pretty(comparison.toJson()));
    }
}
