package dev.baton.lambda.generated;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.OptionalInt;

/// How a component of a required record follows from the components of the record that requires it: a value that is
/// computed here from plain values, and the same as text in Java.
public sealed interface Expression {

    /// The value for the values of the requiring record.
    Object of(List<Object> values);

    /// The expression in Java, in a record with these components.
    String java(List<Component> components);

    /// Which component of the requiring record it depends on, counted from 0; nothing for constants.
    OptionalInt component();

    /// What its values are.
    Kind kind();

    /// The same component, moved by days, months, years or numbers.
    record Moved(int from, Kind kind, int by) implements Expression {
        @Override
        public Object of(List<Object> values) {
            return switch (values.get(from)) {
                case LocalDate day -> day.plusDays(by);
                case YearMonth month -> month.plusMonths(by);
                case Year year -> year.plusYears(by);
                case Integer number -> number + by;
                case Object other -> other;
            };
        }

        @Override
        public String java(List<Component> components) {
            var name = components.get(from).name();
            return by == 0
                    ? name
                    : switch (kind) {
                        case DAY -> name + ".plusDays(" + by + ")";
                        case MONTH -> name + ".plusMonths(" + by + ")";
                        case YEAR -> name + ".plusYears(" + by + ")";
                        case NUMBER -> name + " + (" + by + ")";
                        case HUE -> name;
                    };
        }

        @Override
        public OptionalInt component() {
            return OptionalInt.of(from);
        }
    }

    /// The same day some months later, or the last of that month: several days may have one.
    record MonthsLater(int from, int by) implements Expression {
        @Override
        public Object of(List<Object> values) {
            return ((LocalDate) values.get(from)).plusMonths(by);
        }

        @Override
        public String java(List<Component> components) {
            return components.get(from).name() + ".plusMonths(" + by + ")";
        }

        @Override
        public OptionalInt component() {
            return OptionalInt.of(from);
        }

        @Override
        public Kind kind() {
            return Kind.DAY;
        }
    }

    /// The month or year that holds a day or month, moved by so many months or years.
    record Containing(int from, Kind kind, int by) implements Expression {
        @Override
        public Object of(List<Object> values) {
            return switch (values.get(from)) {
                case LocalDate day
                when kind == Kind.MONTH -> YearMonth.from(day).plusMonths(by);
                case LocalDate day -> Year.from(day).plusYears(by);
                case YearMonth month -> Year.of(month.getYear()).plusYears(by);
                case Object other -> throw new IllegalStateException(other + " is contained in no " + kind);
            };
        }

        @Override
        public String java(List<Component> components) {
            var name = components.get(from).name();
            return kind == Kind.MONTH
                    ? "YearMonth.from(" + name + ").plusMonths(" + by + ")"
                    : "Year.of(" + name + ".getYear()).plusYears(" + by + ")";
        }

        @Override
        public OptionalInt component() {
            return OptionalInt.of(from);
        }
    }

    /// The first day or month of a month or year, moved by so many days or months.
    record Beginning(int from, Kind kind, int by) implements Expression {
        @Override
        public Object of(List<Object> values) {
            return switch (values.get(from)) {
                case YearMonth month -> month.atDay(1).plusDays(by);
                case Year year when kind == Kind.DAY -> year.atDay(1).plusDays(by);
                case Year year -> year.atMonth(1).plusMonths(by);
                case Object other -> throw new IllegalStateException(other + " begins with no " + kind);
            };
        }

        @Override
        public String java(List<Component> components) {
            var component = components.get(from);
            return component.name() + (kind == Kind.DAY ? ".atDay(1).plusDays(" : ".atMonth(1).plusMonths(") + by + ")";
        }

        @Override
        public OptionalInt component() {
            return OptionalInt.of(from);
        }
    }

    /// A number that several values share, in a way that nobody finds back from a few of them.
    record Folded(int from) implements Expression {
        @Override
        public Object of(List<Object> values) {
            return switch (values.get(from)) {
                case LocalDate day -> Math.floorMod(day.getDayOfYear(), 5);
                case YearMonth month -> Math.floorMod(month.getMonthValue(), 3);
                case Year year -> Math.floorMod(year.getValue(), 2);
                case Integer number -> Math.floorDiv(number, 2);
                case Object other -> throw new IllegalStateException(other + " is folded into no number");
            };
        }

        @Override
        public String java(List<Component> components) {
            var name = components.get(from).name();
            return switch (components.get(from).kind()) {
                case DAY -> "Math.floorMod(" + name + ".getDayOfYear(), 5)";
                case MONTH -> "Math.floorMod(" + name + ".getMonthValue(), 3)";
                case YEAR -> "Math.floorMod(" + name + ".getValue(), 2)";
                case NUMBER -> "Math.floorDiv(" + name + ", 2)";
                case HUE -> throw new IllegalStateException("an enum is folded into no number");
            };
        }

        @Override
        public OptionalInt component() {
            return OptionalInt.of(from);
        }

        @Override
        public Kind kind() {
            return Kind.NUMBER;
        }
    }

    /// The same for all.
    record Constant(Object value, Kind kind) implements Expression {
        @Override
        public Object of(List<Object> values) {
            return value;
        }

        @Override
        public String java(List<Component> components) {
            return Kind.literal(value);
        }

        @Override
        public OptionalInt component() {
            return OptionalInt.empty();
        }
    }
}
