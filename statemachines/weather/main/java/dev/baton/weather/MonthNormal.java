package dev.baton.weather;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Month;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// What a month was like.
///
/// @param maxCelsius the mean of the days' highest temperatures
/// @param minCelsius the mean of the days' lowest temperatures
/// @param precipitationMm the month's sum
/// @param windMetresPerSecond the mean of the days' winds
/// @param wetDays how many days had at least [Day#WET_MM]
public record MonthNormal(
        Month month,
        double maxCelsius,
        double minCelsius,
        double precipitationMm,
        double windMetresPerSecond,
        int wetDays) {

    /// The months that the days fall in, in order.
    public static List<MonthNormal> of(List<Day> days) {
        return days.stream()
                .collect(groupingBy(day -> day.date().getMonth(), TreeMap::new, toList()))
                .entrySet()
                .stream()
                .map(month -> of(month.getKey(), month.getValue()))
                .toList();
    }

    private static MonthNormal of(Month month, List<Day> days) {
        return new MonthNormal(
                month,
                mean(days, Day::maxCelsius),
                mean(days, Day::minCelsius),
                Rounded.toTenth(days.stream().mapToDouble(Day::precipitationMm).sum()),
                mean(days, Day::windMetresPerSecond),
                (int) days.stream().filter(Day::isWet).count());
    }

    private static double mean(List<Day> days, ToDoubleFunction<Day> figure) {
        return Rounded.toTenth(days.stream().mapToDouble(figure).average().orElseThrow());
    }
}
