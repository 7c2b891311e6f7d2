package dev.baton.weather;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.task.DataInvalid;
import dev.baton.task.Input;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Month;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How Seattle's year differed from New York's.
///
/// @param warmerMonths the months whose days were warmer in Seattle, by their mean highest temperature
/// @param wetterMonths the months in which more fell in Seattle
/// @param spellMm what fell in Seattle's longest wet spell, in mm; 0 in a year without one
/// @param drierMonths the months in which all that fell in New York was less than in that one spell
public record Comparison(List<Month> warmerMonths, List<Month> wetterMonths, double spellMm, List<Month> drierMonths) {
    public Comparison {
        warmerMonths = List.copyOf(warmerMonths);
        wetterMonths = List.copyOf(wetterMonths);
        drierMonths = List.copyOf(drierMonths);
    }

    /// @param seattle the normals of Seattle's twelve months
    /// @param newYork the normals of New York's
    static Comparison of(List<MonthNormal> seattle, List<MonthNormal> newYork, List<WetSpell> spells) {
        var warmer = new ArrayList<Month>();
        var wetter = new ArrayList<Month>();
        for (var i = 0; i < seattle.size(); i++) {
            var month = seattle.get(i).month();
            if (seattle.get(i).maxCelsius() > newYork.get(i).maxCelsius()) {
                warmer.add(month);
            }
            if (seattle.get(i).precipitationMm() > newYork.get(i).precipitationMm()) {
                wetter.add(month);
            }
        }
        var spellMm = CityYear.longest(spells).map(WetSpell::totalMm).orElse(0.0);
        var drier = newYork.stream()
                .filter(normal -> normal.precipitationMm() < spellMm)
                .map(MonthNormal::month)
                .toList();
        return new Comparison(warmer, wetter, spellMm, drier);
    }

    /// The report's finding, in sentences.
    String told() {
        return String.format(
                Locale.ROOT,
                "Seattle's days were warmer than New York's in %d months of twelve, and more fell there in %d. %s",
                warmerMonths.size(),
                wetterMonths.size(),
                spellMm == 0
                        ? "It had no wet spell."
                        : String.format(
                                Locale.ROOT,
                                "In its longest wet spell it got %.1f mm, more than New York in %s.",
                                spellMm,
                                drierMonths.size() == 1 ? "one month" : "each of " + drierMonths.size() + " months"));
    }

    Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("warmer_months", numbers(warmerMonths));
        json.put("wetter_months", numbers(wetterMonths));
        json.put("longest_spell_mm", spellMm);
        json.put("drier_months", numbers(drierMonths));
        return json;
    }

    /// @throws DataInvalid when the file is not what [#toJson] makes
    static Comparison read(Input file) throws IOException {
        try {
            var json = Json.parseObject(file.text());
            if (json.get("warmer_months") instanceof List<?> warmer
                    && json.get("wetter_months") instanceof List<?> wetter
                    && json.get("longest_spell_mm") instanceof Number spellMm
                    && json.get("drier_months") instanceof List<?> drier) {
                return new Comparison(months(warmer), months(wetter), spellMm.doubleValue(), months(drier));
            }
        } catch (JsonException | ClassCastException | DateTimeException e) {
            throw new DataInvalid(file.uri(), "expected a comparison of two cities: " + e.getMessage());
        }
        throw new DataInvalid(file.uri(), "expected a comparison of two cities, but a member is missing");
    }

    private static List<Long> numbers(List<Month> months) {
        return months.stream().map(month -> (long) month.getValue()).toList();
    }

    private static List<Month> months(List<?> numbers) {
        return numbers.stream()
                .map(number -> Month.of(((Number) number).intValue()))
                .toList();
    }
}
