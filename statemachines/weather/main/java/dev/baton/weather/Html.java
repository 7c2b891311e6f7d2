package dev.baton.weather;

import static java.util.stream.Collectors.joining;

import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// The report's page: one file that needs nothing from elsewhere.
final class Html {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6875; --line: #dfe4ea; --paper: #fdfdfc;
                    --c0: #2f7d6d; --c1: #d1743c; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e6eaee; --soft: #9aa7b4; --line: #303943; --paper: #14191f; --c0: #5cc3ac; --c1: #f0a06b; }
            }
            body { margin: 0 auto; max-width: 760px; padding: 2rem 1.25rem 4rem; background: var(--paper);
                   color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
            h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
            h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
            p.lead, footer { color: var(--soft); }
            .key i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; }
            .key span { margin-right: 1.2em; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); }
            th { font-weight: 600; }
            svg { width: 100%; height: auto; display: block; }
            svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
            .grid { stroke: var(--line); stroke-width: 1; }
            .c0 { fill: var(--c0); background: var(--c0); }
            .c1 { fill: var(--c1); background: var(--c1); }
            footer { margin-top: 3rem; font-size: .85rem; }
            """;

    private Html() {}

    static String report(Year year, List<CityYear> cities, String finding) {
        var names = cities.stream().map(city -> city.city().title()).collect(joining(" and "));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s, %2$s</title>
                <style>
                %3$s</style>
                </head>
                <body>
                <h1>The weather of %2$s</h1>
                <p class="lead">%1$s, day by day, in one page.</p>
                <p>%4$s</p>
                <p class="key">%5$s</p>
                <h2>Temperature</h2>
                %6$s<h2>Precipitation</h2>
                %7$s<h2>Wet spells</h2>
                %8$s<h2>The year in figures</h2>
                %9$s<footer>Observations: NOAA, National Centers for Environmental Information. A wet day has %10$.0f mm or
                more, a wet spell %11$d wet days or more.</footer>
                </body>
                </html>
                """.formatted(
                        names,
                        year,
                        STYLE,
                        escape(finding),
                        key(cities),
                        Chart.temperatures(cities),
                        Chart.precipitation(cities),
                        Chart.spells(year, cities),
                        figures(cities),
                        Day.WET_MM,
                        WetSpell.SHORTEST);
    }

    private static String key(List<CityYear> cities) {
        return IntStream.range(0, cities.size())
                .mapToObj(i -> "<span><i class=\"c%d\"></i>%s</span>"
                        .formatted(i, escape(cities.get(i).city().title())))
                .collect(joining());
    }

    private static String figures(List<CityYear> cities) {
        var table = new StringBuilder("<table>\n");
        row(table, "th", "", cities.stream().map(city -> city.city().title()).toList());
        row(
                table,
                "td",
                "Precipitation",
                cities.stream().map(city -> millimetres(city.precipitationMm())).toList());
        row(
                table,
                "td",
                "Wet days",
                cities.stream().map(city -> Integer.toString(city.wetDays())).toList());
        row(
                table,
                "td",
                "Longest wet spell",
                cities.stream().map(Html::longestSpell).toList());
        for (var kind : Extreme.Kind.values()) {
            row(
                    table,
                    "td",
                    title(kind) + " day",
                    cities.stream().map(city -> extreme(city, kind)).toList());
        }
        return table.append("</table>\n").toString();
    }

    private static void row(StringBuilder table, String cell, String head, List<String> values) {
        table.append("<tr><th>").append(escape(head)).append("</th>");
        values.forEach(value -> table.append("<%1$s>%2$s</%1$s>".formatted(cell, escape(value))));
        table.append("</tr>\n");
    }

    private static String longestSpell(CityYear city) {
        return city.longestSpell()
                .map(spell -> "%d days from %s, %s"
                        .formatted(spell.days(), spell.first().format(DAY), millimetres(spell.totalMm())))
                .orElse("none");
    }

    private static String extreme(CityYear city, Extreme.Kind kind) {
        return city.extremes().stream()
                .filter(extreme -> extreme.kind() == kind)
                .map(extreme -> String.format(
                        Locale.ROOT,
                        "%.1f %s, %s",
                        extreme.value(),
                        kind.unit(),
                        extreme.date().format(DAY)))
                .collect(joining());
    }

    private static String millimetres(double value) {
        return String.format(Locale.ROOT, "%,.1f mm", value);
    }

    private static String title(Extreme.Kind kind) {
        return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
