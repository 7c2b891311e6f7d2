package dev.baton.weather;

import java.time.Month;
import java.util.List;

/// The kinds of comma-separated files that the pipeline reads and writes.
final class Tables {
    /// The observations of a year, as they are uploaded.
    static final Table<Day> DAYS = new Table<>(
            List.of("date", "precipitation_mm", "temp_max_c", "temp_min_c", "wind_m_s", "weather"),
            row -> {
                var max = row.number("temp_max_c", -90, 60);
                return new Day(
                        row.date("date"),
                        row.number("precipitation_mm", 0, 2_000),
                        max,
                        row.number("temp_min_c", -90, max),
                        row.number("wind_m_s", 0, 120),
                        row.constant("weather", Sky.class));
            },
            day -> List.of(
                    day.date(),
                    day.precipitationMm(),
                    day.maxCelsius(),
                    day.minCelsius(),
                    day.windMetresPerSecond(),
                    Row.written(day.sky())));

    /// What each month was like.
    static final Table<MonthNormal> NORMALS = new Table<>(
            List.of("month", "temp_max_c", "temp_min_c", "precipitation_mm", "wind_m_s", "wet_days"),
            row -> new MonthNormal(
                    Month.of(row.integer("month", 1, 12)),
                    row.number("temp_max_c", -90, 60),
                    row.number("temp_min_c", -90, 60),
                    row.number("precipitation_mm", 0, 60_000),
                    row.number("wind_m_s", 0, 120),
                    row.integer("wet_days", 0, 31)),
            normal -> List.of(
                    normal.month().getValue(),
                    normal.maxCelsius(),
                    normal.minCelsius(),
                    normal.precipitationMm(),
                    normal.windMetresPerSecond(),
                    normal.wetDays()));

    /// The days that went furthest.
    static final Table<Extreme> EXTREMES = new Table<>(
            List.of("kind", "date", "value"),
            row -> new Extreme(
                    row.constant("kind", Extreme.Kind.class), row.date("date"), row.number("value", -90, 2_000)),
            extreme -> List.of(Row.written(extreme.kind()), extreme.date(), extreme.value()));

    /// The wet spells of a year.
    static final Table<WetSpell> SPELLS = new Table<>(
            List.of("first", "days", "total_mm"),
            row -> new WetSpell(
                    row.date("first"), row.integer("days", WetSpell.SHORTEST, 366), row.number("total_mm", 0, 60_000)),
            spell -> List.of(spell.first(), spell.days(), spell.totalMm()));

    private Tables() {}
}
