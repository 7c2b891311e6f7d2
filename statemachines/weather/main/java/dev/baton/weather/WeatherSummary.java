package dev.baton.weather;

import dev.baton.json.Json;
import dev.baton.task.Intent;
import dev.baton.task.S3Target;
import dev.baton.task.Target;
import dev.baton.task.Task;
import dev.baton.task.TaskRun;
import java.io.IOException;
import java.time.Year;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The year in figures, for programs.
@Intent("The year of both cities in figures, as JSON")
public record WeatherSummary(Year year) implements Task {
    private CityComparison comparison() {
        return new CityComparison(year);
    }

    private List<CityTasks> cities() {
        return CityTasks.of(year);
    }

    @Override
    public List<Task> requires() {
        return Stream.concat(Stream.of(comparison()), cities().stream().flatMap(city -> city.all().stream()))
                .toList();
    }

    @Override
    public Target output() {
        return S3Target.at("s3://lake/reports/{year}.json", this);
    }

    @Override
    public void run(TaskRun run) throws IOException {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("year", (long) year.getValue());
        for (var city : cities()) {
            json.put(Row.written(city.city()), figures(city.read(run)));
        }
        json.put("comparison", Comparison.read(run.input(comparison())).toJson());
        run.output().contentType("application/json").text(Json.pretty(json));
    }

    private static Map<String, @Nullable Object> figures(CityYear city) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("precipitation_mm", city.precipitationMm());
        json.put("wet_days", (long) city.wetDays());
        json.put("wet_spells", (long) city.spells().size());
        json.put(
                "longest_wet_spell",
                city.longestSpell().map(WeatherSummary::spell).orElse(null));
        for (var extreme : city.extremes()) {
            json.put(Row.written(extreme.kind()), day(extreme));
        }
        return json;
    }

    private static Map<String, @Nullable Object> day(Extreme extreme) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("date", extreme.date().toString());
        json.put("value", extreme.value());
        return json;
    }

    private static Map<String, @Nullable Object> spell(WetSpell spell) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("first", spell.first().toString());
        json.put("days", (long) spell.days());
        json.put("total_mm", spell.totalMm());
        return json;
    }
}
