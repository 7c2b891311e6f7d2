package dev.baton.graph;

import dev.baton.task.parameter.CalendarType;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.ToLongBiFunction;
import java.util.stream.IntStream;

/// The links that samples show between a date and a date of the root.
final class CalendarLinks {
    private final CalendarType component;
    private final List<Object> components;
    private final int root;
    private final CalendarType date;
    private final List<Object> roots;

    /// @param components the component's value for each sample
    /// @param root which root parameter, counted from 0
    /// @param roots the root parameter's value for each sample
    CalendarLinks(CalendarType component, List<Object> components, int root, CalendarType date, List<Object> roots) {
        this.component = component;
        this.components = components;
        this.root = root;
        this.date = date;
        this.roots = roots;
    }

    /// The narrowest.
    Optional<ParameterLink> find() {
        if (component.compareTo(date) > 0) {
            var begun = apart((value, of) -> component.number(value) - component.convert(date, date.number(of)));
            if (begun.getMin() == begun.getMax()) {
                return Optional.of(new ParameterLink.Begun(root, date, component, begun.getMin()));
            }
        }
        for (var unit : List.of(CalendarType.DAY, CalendarType.MONTH, CalendarType.YEAR)) {
            if (unit.compareTo(component) > 0 || unit.compareTo(date) > 0) {
                continue;
            }
            var apart = apart((value, of) ->
                    unit.convert(component, component.number(value)) - unit.convert(date, date.number(of)));
            if (apart.getMin() == apart.getMax()) {
                return Optional.of(
                        new ParameterLink.Contained(root, date, component, unit, apart.getMin(), apart.getMin()));
            }
            // The part that holds a day some days before or after: it is in the same part, or in the one next to it.
            if (unit == component && unit != date && apart.getMax() - apart.getMin() <= 2) {
                return Optional.of(new ParameterLink.Contained(
                        root, date, component, unit, apart.getMin() - 1, apart.getMax() + 1));
            }
        }
        return Optional.empty();
    }

    private LongSummaryStatistics apart(ToLongBiFunction<Object, Object> apart) {
        return IntStream.range(0, roots.size())
                .mapToLong(sample -> apart.applyAsLong(components.get(sample), roots.get(sample)))
                .summaryStatistics();
    }
}
