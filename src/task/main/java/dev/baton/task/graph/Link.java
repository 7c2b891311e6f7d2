package dev.baton.task.graph;

import dev.baton.task.parameter.CalendarType;
import dev.baton.task.parameter.ParameterType;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a root parameter follows from a component of an external task: identity, a constant shift, or a part of the
/// calendar that holds both. Other families are not searched: what fits the samples by chance would miss runs in
/// silence.
sealed interface Link {

    /// Which root parameter, counted from 0.
    int root();

    /// Every value of the root parameter from which the component may have come.
    List<Object> solve(Object component);

    /// The same value.
    record Same(int root) implements Link {
        @Override
        public List<Object> solve(Object component) {
            return List.of(component);
        }
    }

    /// A whole number, so much smaller than the component.
    record Less(int root, ParameterType.Whole type, long by) implements Link {
        @Override
        public List<Object> solve(Object component) {
            try {
                return List.of(type.value(Math.subtractExact(((Number) component).longValue(), by)));
            } catch (ArithmeticException e) {
                return List.of();
            }
        }
    }

    /// A date whose year, month or day is so many before the component's.
    ///
    /// @param unit year, month or day
    record Contained(int root, CalendarType type, CalendarType component, CalendarType unit, long by) implements Link {
        @Override
        public List<Object> solve(Object value) {
            var dates = new ArrayList<Object>();
            try {
                var part = unit.convert(component, component.number(value)) - by;
                var end = type.convert(unit, part + 1);
                for (var number = type.convert(unit, part); number < end; number++) {
                    dates.add(type.at(number));
                }
            } catch (DateTimeException | ArithmeticException e) {
                return List.of();
            }
            return dates;
        }

        /// The component's value for a root parameter's, where the unit tells it.
        Optional<Object> component(Object rootValue) {
            if (unit != component) {
                return Optional.empty();
            }
            try {
                return Optional.of(component.at(component.convert(type, type.number(rootValue)) + by));
            } catch (DateTimeException | ArithmeticException e) {
                return Optional.empty();
            }
        }
    }

    /// The link that the samples show between a component and a root parameter, if any.
    ///
    /// @param components the component's value for each sample
    /// @param roots the root parameter's value for each sample
    static Optional<Link> find(
            ParameterType component, List<Object> components, int root, ParameterType rootType, List<Object> roots) {
        if (roots.stream().distinct().count() < 2) {
            return Optional.empty();
        }
        if (component instanceof CalendarType part && rootType instanceof CalendarType date) {
            return contained(part, components, root, date, roots);
        }
        if (component instanceof ParameterType.Whole && rootType instanceof ParameterType.Whole whole) {
            var by = number(components.getFirst()) - number(roots.getFirst());
            for (var i = 1; i < roots.size(); i++) {
                if (number(components.get(i)) - number(roots.get(i)) != by) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Less(root, whole, by));
        }
        return components.equals(roots) ? Optional.of(new Same(root)) : Optional.empty();
    }

    private static Optional<Link> contained(
            CalendarType component, List<Object> components, int root, CalendarType date, List<Object> roots) {
        for (var unit : List.of(CalendarType.DAY, CalendarType.MONTH, CalendarType.YEAR)) {
            if (unit.compareTo(component) > 0 || unit.compareTo(date) > 0) {
                continue;
            }
            var by = apart(unit, component, components.getFirst(), date, roots.getFirst());
            var constant = true;
            for (var sample = 1; sample < roots.size() && constant; sample++) {
                constant = apart(unit, component, components.get(sample), date, roots.get(sample)) == by;
            }
            if (constant) {
                return Optional.of(new Contained(root, date, component, unit, by));
            }
        }
        return Optional.empty();
    }

    private static long apart(
            CalendarType unit, CalendarType component, Object value, CalendarType date, Object rootValue) {
        return unit.convert(component, component.number(value)) - unit.convert(date, date.number(rootValue));
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
