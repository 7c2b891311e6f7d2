package dev.baton.lambda.generated;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// The components of a root and the values that they may have: few, around the ends of months and years.
final class RootDomain {
    private static final List<LocalDate> BEGINNINGS = List.of(
            LocalDate.of(2012, 2, 26),
            LocalDate.of(2013, 2, 25),
            LocalDate.of(2012, 12, 28),
            LocalDate.of(2013, 4, 27),
            LocalDate.of(2013, 10, 29));

    private final Random random;
    private final boolean bounded;
    private final LocalDate begin;
    private final List<Component> components = new ArrayList<>();
    private final List<List<Object>> focused = new ArrayList<>();
    private final List<List<Object>> all = new ArrayList<>();

    RootDomain(Random random, boolean bounded) {
        this.random = random;
        this.bounded = bounded;
        this.begin = BEGINNINGS.get(random.nextInt(BEGINNINGS.size()));
        var chance = random.nextInt(100);
        if (chance < 60) {
            add("day", Kind.DAY);
        } else if (chance < 75) {
            add("month", Kind.MONTH);
        } else if (chance < 85) {
            add("year", Kind.YEAR);
        }
        if (components.isEmpty() || (bounded && random.nextInt(3) == 0)) {
            add("n", Kind.NUMBER);
        }
        if (random.nextInt(5) < 2) {
            add("hue", Kind.HUE);
        }
        if (bounded && random.nextInt(16) == 0) {
            add("until", Kind.DAY);
        }
        if (bounded && random.nextInt(24) == 0) {
            components.clear();
            focused.clear();
        }
    }

    private void add(String name, Kind kind) {
        components.add(new Component(name, kind));
        var focus = focus(kind);
        focused.add(focus);
        all.add(bounded ? focus : wide(kind));
    }

    private List<Object> focus(Kind kind) {
        return switch (kind) {
            case DAY -> range(0, 8, i -> begin.plusDays(i));
            case MONTH -> range(0, 5, i -> YearMonth.from(begin).plusMonths(i));
            case YEAR -> range(0, 3, i -> Year.from(begin).plusYears(i));
            case NUMBER -> {
                var first = random.nextInt(-2, 9);
                yield range(first, first + 4, i -> i);
            }
            case HUE -> List.of((Object[]) Hue.values());
        };
    }

    /// Whatever a key of the focus may concern.
    private List<Object> wide(Kind kind) {
        var first = LocalDate.of(begin.getYear() - 2, 1, 1);
        return switch (kind) {
            case DAY -> range(0, 5 * 366, i -> first.plusDays(i));
            case MONTH -> range(0, 7 * 12, i -> YearMonth.from(first).minusYears(1).plusMonths(i));
            case YEAR -> range(0, 15, i -> Year.from(first).minusYears(5).plusYears(i));
            case NUMBER -> range(-40, 60, i -> i);
            case HUE -> List.of((Object[]) Hue.values());
        };
    }

    private static List<Object> range(int from, int to, java.util.function.IntFunction<Object> value) {
        return IntStream.range(from, to).mapToObj(value).toList();
    }

    List<Component> components() {
        return components;
    }

    boolean bounded() {
        return bounded;
    }

    /// The values of all roots.
    List<List<Object>> values() {
        List<List<Object>> product = List.of(List.of());
        for (var values : components.isEmpty() ? List.<List<Object>>of() : all) {
            var longer = new ArrayList<List<Object>>();
            for (var begun : product) {
                for (var value : values) {
                    var next = new ArrayList<>(begun);
                    next.add(value);
                    longer.add(next);
                }
            }
            product = longer;
        }
        return product;
    }

    /// Roots in which each value of each component occurs.
    List<List<Object>> focus() {
        var size = components.isEmpty()
                ? 1
                : Collections.max(focused.stream().map(List::size).toList());
        return IntStream.range(0, size)
                .mapToObj(i -> IntStream.range(0, components.size())
                        .mapToObj(component ->
                                focused.get(component).get((i * (component + 1)) % focused.get(component).size()))
                        .toList())
                .toList();
    }
}
