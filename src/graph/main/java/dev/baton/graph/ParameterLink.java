package dev.baton.graph;

import dev.baton.task.parameter.CalendarType;
import dev.baton.task.parameter.ParameterType;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A link from a key's component to a root parameter, how a root parameter follows from a component of an external
/// task: identity, a constant shift, or a part of the calendar that holds both, begins with one of them, or is next to
/// it. Other families are not searched: what fits the samples by chance would miss runs in silence.
sealed interface ParameterLink {

    /// Which root parameter, counted from 0.
    int root();

    /// Every value of the root parameter from which the component may have come.
    List<Object> solve(Object component);

    /// The component's value for a root parameter's, where that tells it.
    default Optional<Object> component(Object rootValue) {
        return Optional.empty();
    }

    /// About how many values [#solve] gives.
    default int breadth() {
        return 1;
    }

    /// The same value.
    record Same(int root) implements ParameterLink {
        @Override
        public List<Object> solve(Object component) {
            return List.of(component);
        }

        @Override
        public Optional<Object> component(Object rootValue) {
            return Optional.of(rootValue);
        }
    }

    /// A whole number, so much smaller than the component.
    record Less(int root, ParameterType.Whole type, long by) implements ParameterLink {
        @Override
        public List<Object> solve(Object component) {
            try {
                return List.of(type.value(Math.subtractExact(((Number) component).longValue(), by)));
            } catch (ArithmeticException e) {
                return List.of();
            }
        }

        @Override
        public Optional<Object> component(Object rootValue) {
            try {
                return Optional.of(Math.addExact(((Number) rootValue).longValue(), by));
            } catch (ArithmeticException e) {
                return Optional.empty();
            }
        }
    }

    /// A part of the calendar that begins so many of the component's units before the component.
    ///
    /// @param type of the root parameter: longer than the component's
    record Begun(int root, CalendarType type, CalendarType component, long by) implements ParameterLink {
        @Override
        public List<Object> solve(Object value) {
            try {
                var begin = component.number(value) - by;
                var number = type.convert(component, begin);
                return component.convert(type, number) == begin ? List.of(type.at(number)) : List.of();
            } catch (DateTimeException | ArithmeticException e) {
                return List.of();
            }
        }

        @Override
        public Optional<Object> component(Object rootValue) {
            try {
                return Optional.of(component.at(component.convert(type, type.number(rootValue)) + by));
            } catch (DateTimeException | ArithmeticException e) {
                return Optional.empty();
            }
        }
    }

    /// A date whose year, month or day is from so many to so many before the component's: one number, or, where the
    /// part that holds another day is meant, two or three that are next to each other.
    ///
    /// @param unit year, month or day
    record Contained(int root, CalendarType type, CalendarType component, CalendarType unit, long least, long most)
            implements ParameterLink {
        @Override
        public List<Object> solve(Object value) {
            var dates = new ArrayList<Object>();
            try {
                var part = unit.convert(component, component.number(value));
                var end = type.convert(unit, part - least + 1);
                for (var number = type.convert(unit, part - most); number < end; number++) {
                    dates.add(type.at(number));
                }
            } catch (DateTimeException | ArithmeticException e) {
                return List.of();
            }
            return dates;
        }

        @Override
        public Optional<Object> component(Object rootValue) {
            if (unit != component || least != most) {
                return Optional.empty();
            }
            try {
                return Optional.of(component.at(component.convert(type, type.number(rootValue)) + least));
            } catch (DateTimeException | ArithmeticException e) {
                return Optional.empty();
            }
        }

        @Override
        public int breadth() {
            var days = switch (unit) {
                case YEAR -> 366;
                case MONTH -> 31;
                case DAY -> 1;
            };
            return days * (int) (most - least + 1);
        }
    }

    /// The link that the samples show between a component and a root parameter, if any.
    ///
    /// @param components the component's value for each sample
    /// @param roots the root parameter's value for each sample
    static Optional<ParameterLink> find(
            ParameterType component, List<Object> components, int root, ParameterType rootType, List<Object> roots) {
        if (roots.stream().distinct().count() < 2) {
            return Optional.empty();
        }
        if (component instanceof CalendarType part && rootType instanceof CalendarType date) {
            return new CalendarLinks(part, components, root, date, roots).find();
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

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
