package dev.baton.weather;

import static java.util.Comparator.comparingInt;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All that the report tells of one city in one year.
public record CityYear(City city, List<MonthNormal> normals, List<Extreme> extremes, List<WetSpell> spells) {
    public CityYear {
        normals = List.copyOf(normals);
        extremes = List.copyOf(extremes);
        spells = List.copyOf(spells);
    }

    public double precipitationMm() {
        return Rounded.toTenth(
                normals.stream().mapToDouble(MonthNormal::precipitationMm).sum());
    }

    public int wetDays() {
        return normals.stream().mapToInt(MonthNormal::wetDays).sum();
    }

    /// The longest wet spell, the first of equals; nothing in a year that had none.
    public Optional<WetSpell> longestSpell() {
        return longest(spells);
    }

    static Optional<WetSpell> longest(List<WetSpell> spells) {
        return spells.stream()
                .max(comparingInt(WetSpell::days).thenComparing(WetSpell::first, Comparator.reverseOrder()));
    }
}
