package dev.baton.lambda.generated;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;

/// When a requirement is needed: a predicate over the components of the record that requires, and the same in Java.
public sealed interface Condition {
    boolean holds(List<Object> values);

    /// The condition in Java, in a record with these components.
    String java(List<Component> components);

    /// Unconditional: the requirement is written without `onlyIf`.
    record Always() implements Condition {
        @Override
        public boolean holds(List<Object> values) {
            return true;
        }

        @Override
        public String java(List<Component> components) {
            return "true";
        }
    }

    record OnWeekday(int component, DayOfWeek weekday) implements Condition {
        @Override
        public boolean holds(List<Object> values) {
            return ((LocalDate) values.get(component)).getDayOfWeek() == weekday;
        }

        @Override
        public String java(List<Component> components) {
            return components.get(component).name() + ".getDayOfWeek() == java.time.DayOfWeek." + weekday;
        }
    }

    /// A number, the day of a month, the month of a year or a year that leaves a remainder.
    record Remainder(int component, int divisor, int remainder) implements Condition {
        @Override
        public boolean holds(List<Object> values) {
            var number = switch (values.get(component)) {
                case LocalDate day -> day.getDayOfMonth();
                case YearMonth month -> month.getMonthValue();
                case Year year -> year.getValue();
                case Object other -> (Integer) other;
            };
            return Math.floorMod(number, divisor) == remainder;
        }

        @Override
        public String java(List<Component> components) {
            var name = components.get(component).name();
            var number = switch (components.get(component).kind()) {
                case DAY -> name + ".getDayOfMonth()";
                case MONTH -> name + ".getMonthValue()";
                case YEAR -> name + ".getValue()";
                case NUMBER -> name;
                case HUE -> throw new IllegalStateException("an enum has no remainder");
            };
            return "Math.floorMod(" + number + ", " + divisor + ") == " + remainder;
        }
    }

    record Is(int component, Hue hue) implements Condition {
        @Override
        public boolean holds(List<Object> values) {
            return values.get(component) == hue;
        }

        @Override
        public String java(List<Component> components) {
            return components.get(component).name() + " == Hue." + hue;
        }
    }

    record Not(Condition other) implements Condition {
        @Override
        public boolean holds(List<Object> values) {
            return !other.holds(values);
        }

        @Override
        public String java(List<Component> components) {
            return "!(" + other.java(components) + ")";
        }
    }

    record Both(Condition one, Condition other) implements Condition {
        @Override
        public boolean holds(List<Object> values) {
            return one.holds(values) && other.holds(values);
        }

        @Override
        public String java(List<Component> components) {
            return "(" + one.java(components) + ") && (" + other.java(components) + ")";
        }
    }
}
