package dev.baton.weather;

import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.List;
import java.util.stream.Stream;

/// The tasks whose outputs together tell of one city's year.
record CityTasks(City city, MonthlyNormals normals, Extremes extremes, WetSpells spells) {

    /// One for each city.
    static List<CityTasks> of(Year year) {
        return Stream.of(City.values())
                .map(city -> new CityTasks(
                        city, new MonthlyNormals(city, year), new Extremes(city, year), new WetSpells(city, year)))
                .toList();
    }

    List<Task> all() {
        return List.of(normals, extremes, spells);
    }

    CityYear read(TaskRun run) throws IOException {
        return new CityYear(
                city,
                Tables.NORMALS.read(run.input(normals)),
                Tables.EXTREMES.read(run.input(extremes)),
                Tables.SPELLS.read(run.input(spells)));
    }
}
