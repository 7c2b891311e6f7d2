package dev.baton.weather;

import java.time.Month;
import java.time.Year;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/// The report's charts as inline SVG; their colours are the page's CSS variables, so they follow light and dark.
final class Chart {
    private static final int WIDTH = 720;
    private static final int LEFT = 56;
    private static final int TOP = 16;
    private static final int BOTTOM = 28;
    private static final double MONTH = (WIDTH - LEFT) / 12.0;

    private final StringBuilder svg = new StringBuilder();
    private final int height;

    private Chart(int height, String title) {
        this.height = height;
        put("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, height, Html.escape(title));
    }

    /// Per month and city a bar from the mean lowest to the mean highest temperature.
    static String temperatures(List<CityYear> cities) {
        var chart = new Chart(280, "Mean lowest to mean highest temperature of each month");
        var normals = cities.stream().flatMap(city -> city.normals().stream()).toList();
        var scale = chart.axis(
                normals.stream().mapToDouble(MonthNormal::minCelsius).min().orElse(0),
                normals.stream().mapToDouble(MonthNormal::maxCelsius).max().orElse(1),
                10,
                "°");
        chart.months();
        chart.bars(cities, scale, MonthNormal::minCelsius, MonthNormal::maxCelsius, "°C");
        return chart.end();
    }

    /// Per month and city a bar as high as the month's precipitation.
    static String precipitation(List<CityYear> cities) {
        var chart = new Chart(220, "Precipitation of each month");
        var normals = cities.stream().flatMap(city -> city.normals().stream()).toList();
        var highest =
                normals.stream().mapToDouble(MonthNormal::precipitationMm).max().orElse(1);
        var scale = chart.axis(0, Math.max(highest, 1), 50, " mm");
        chart.months();
        chart.bars(cities, scale, normal -> 0, MonthNormal::precipitationMm, "mm");
        return chart.end();
    }

    /// The year as a line per city, on which each wet spell is as long as it lasted and as dense as it rained.
    static String spells(Year year, List<CityYear> cities) {
        var row = 40;
        var chart = new Chart(TOP + row * cities.size() + BOTTOM, "Wet spells of three days and more");
        var scale = new Scale(1, year.length() + 1.0, LEFT, WIDTH);
        chart.months();
        for (var i = 0; i < cities.size(); i++) {
            var y = TOP + i * row + 8;
            chart.put("<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" class=\"grid\"/>", LEFT, WIDTH, y + 12, y + 12);
            for (var spell : cities.get(i).spells()) {
                var from = scale.at(spell.first().getDayOfYear());
                var to = scale.at(spell.last().getDayOfYear() + 1.0);
                var density = Math.min(1, 0.35 + spell.totalMm() / spell.days() / 20);
                chart.put(
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"24\" rx=\"3\" class=\"c%d\" fill-opacity=\"%.2f\">"
                                + "<title>%s, %s: %d days, %.1f mm</title></rect>",
                        from,
                        y,
                        to - from,
                        i,
                        density,
                        cities.get(i).city().title(),
                        spell.first(),
                        spell.days(),
                        spell.totalMm());
            }
        }
        return chart.end();
    }

    private interface Figure {
        double of(MonthNormal normal);
    }

    private void bars(List<CityYear> cities, Scale scale, Figure from, Figure to, String unit) {
        var width = MONTH * 0.72 / cities.size();
        for (var i = 0; i < cities.size(); i++) {
            var city = cities.get(i);
            for (var normal : city.normals()) {
                var x = LEFT + (normal.month().getValue() - 1) * MONTH + MONTH * 0.14 + i * width;
                var top = scale.at(to.of(normal));
                var bottom = scale.at(from.of(normal));
                put(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"c%d\">"
                                + "<title>%s, %s: %s</title></rect>",
                        x,
                        top,
                        width - 2,
                        Math.max(bottom - top, 0.5),
                        i,
                        city.city().title(),
                        name(normal.month()),
                        from.of(normal) == 0 && "mm".equals(unit)
                                ? String.format(Locale.ROOT, "%.1f mm", to.of(normal))
                                : String.format(Locale.ROOT, "%.1f to %.1f %s", from.of(normal), to.of(normal), unit));
            }
        }
    }

    private Scale axis(double lowest, double highest, double step, String unit) {
        var scale = Scale.around(lowest, highest, step, height - BOTTOM, TOP);
        for (var figure = scale.low(); figure <= scale.high(); figure += step) {
            var y = scale.at(figure);
            put("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"grid\"/>", LEFT, WIDTH, y, y);
            put("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f%s</text>", LEFT - 6, y + 4, figure, unit);
        }
        return scale;
    }

    private void months() {
        for (var month : Month.values()) {
            var x = LEFT + (month.getValue() - 0.5) * MONTH;
            put("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, height - 8, name(month));
        }
    }

    private static String name(Month month) {
        return month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    private void put(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private String end() {
        return svg.append("</svg>\n").toString();
    }
}
