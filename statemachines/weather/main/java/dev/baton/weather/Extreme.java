package dev.baton.weather;

import static java.util.Comparator.comparingDouble;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// The day of a year that went furthest in one way; of equal days the first.
public record Extreme(Kind kind, LocalDate date, double value) {

    /// In which way a day may go furthest.
    public enum Kind {
        HOTTEST("°C", Day::maxCelsius, comparingDouble(Extreme::value)),
        COLDEST("°C", Day::minCelsius, comparingDouble(Extreme::value).reversed()),
        WETTEST("mm", Day::precipitationMm, comparingDouble(Extreme::value)),
        WINDIEST("m/s", Day::windMetresPerSecond, comparingDouble(Extreme::value));

        private final String unit;
        private final ToDoubleFunction<Day> figure;
        private final Comparator<Extreme> byDistance;

        Kind(String unit, ToDoubleFunction<Day> figure, Comparator<Extreme> byDistance) {
            this.unit = unit;
            this.figure = figure;
            this.byDistance = byDistance;
        }

        public String unit() {
            return unit;
        }

        private Extreme among(List<Day> days) {
            return days.stream()
                    .map(day -> new Extreme(this, day.date(), figure.applyAsDouble(day)))
                    .max(byDistance.thenComparing(Extreme::date, Comparator.reverseOrder()))
                    .orElseThrow();
        }
    }

    /// One of each kind.
    ///
    /// @param days at least one
    public static List<Extreme> of(List<Day> days) {
        return Stream.of(Kind.values()).map(kind -> kind.among(days)).toList();
    }
}
