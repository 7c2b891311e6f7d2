package dev.baton.weather;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Wet days in a row.
///
/// @param days at least [#SHORTEST]
/// @param totalMm what fell in all of them
public record WetSpell(LocalDate first, int days, double totalMm) {
    /// Fewer wet days in a row are weather, not a spell.
    public static final int SHORTEST = 3;

    /// The wet spells of days in order; a day that is missing ends a spell.
    public static List<WetSpell> in(List<Day> days) {
        var spells = new ArrayList<WetSpell>();
        var start = 0;
        for (var i = 0; i <= days.size(); i++) {
            var goesOn = i < days.size() && days.get(i).isWet() && (i == start || follows(days, i));
            if (goesOn) {
                continue;
            }
            if (i - start >= SHORTEST) {
                spells.add(of(days.subList(start, i)));
            }
            start = i < days.size() && days.get(i).isWet() ? i : i + 1;
        }
        return List.copyOf(spells);
    }

    public LocalDate last() {
        return first.plusDays(days - 1L);
    }

    private static boolean follows(List<Day> days, int i) {
        return days.get(i - 1).date().plusDays(1).equals(days.get(i).date());
    }

    private static WetSpell of(List<Day> wet) {
        var total = wet.stream().mapToDouble(Day::precipitationMm).sum();
        return new WetSpell(wet.getFirst().date(), wet.size(), Rounded.toTenth(total));
    }
}
