package dev.baton.lambda.generated;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Makes up arguments and conditions over the components of a record.
final class Expressions {
    private final Random random;

    Expressions(Random random) {
        this.random = random;
    }

    /// Something that follows from a component.
    ///
    /// @param index of the component, counted from 0
    Expression of(Component component, int index) {
        var by = random.nextInt(3) == 0 ? random.nextInt(-3, 4) : 0;
        var chance = random.nextInt(100);
        return switch (component.kind()) {
            case DAY -> {
                if (chance < 15) {
                    yield new Expression.Containing(index, Kind.MONTH, by);
                }
                if (chance < 22) {
                    yield new Expression.Containing(index, Kind.YEAR, by % 2);
                }
                yield chance < 30
                        ? new Expression.MonthsLater(index, by)
                        : new Expression.Moved(index, Kind.DAY, by);
            }
            case MONTH -> {
                if (chance < 20) {
                    yield new Expression.Containing(index, Kind.YEAR, by % 2);
                }
                yield chance < 35
                        ? new Expression.Beginning(index, Kind.DAY, random.nextInt(-2, 31))
                        : new Expression.Moved(index, Kind.MONTH, by);
            }
            case YEAR -> {
                if (chance < 15) {
                    yield new Expression.Beginning(index, Kind.MONTH, random.nextInt(-2, 12));
                }
                yield chance < 25
                        ? new Expression.Beginning(index, Kind.DAY, random.nextInt(-2, 40))
                        : new Expression.Moved(index, Kind.YEAR, by % 2);
            }
            case NUMBER -> new Expression.Moved(index, Kind.NUMBER, by);
            case HUE -> new Expression.Moved(index, Kind.HUE, 0);
        };
    }

    /// Arguments of a class that exists, from the components of another record; nothing where one has none.
    Optional<List<Expression>> matching(List<Component> from, List<Component> wanted) {
        var arguments = new ArrayList<Expression>();
        for (var component : wanted) {
            var found = matching(from, component.kind());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            arguments.add(found.get());
        }
        return Optional.of(arguments);
    }

    private Optional<Expression> matching(List<Component> from, Kind wanted) {
        for (var i = 0; i < from.size(); i++) {
            var kind = from.get(i).kind();
            if (kind == wanted) {
                return Optional.of(new Expression.Moved(i, kind, random.nextInt(4) == 0 ? 1 : 0));
            }
        }
        for (var i = 0; i < from.size(); i++) {
            var kind = from.get(i).kind();
            if (kind.calendar() && wanted.calendar()) {
                return Optional.of(
                        kind.ordinal() < wanted.ordinal()
                                ? new Expression.Containing(i, wanted, 0)
                                : new Expression.Beginning(i, wanted, 0));
            }
        }
        return wanted == Kind.HUE
                ? Optional.of(new Expression.Constant(Hue.values()[random.nextInt(3)], Kind.HUE))
                : Optional.empty();
    }

    /// A condition over some component, or none where there is no component.
    Condition condition(List<Component> components) {
        if (components.isEmpty()) {
            return new Condition.Always();
        }
        var condition = simple(components);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Condition.Not(condition);
            case 3 -> new Condition.Both(condition, new Condition.Not(simple(components)));
            default -> condition;
        };
    }

    private Condition simple(List<Component> components) {
        var index = random.nextInt(components.size());
        return switch (components.get(index).kind()) {
            case HUE -> new Condition.Is(index, Hue.values()[random.nextInt(3)]);
            case DAY ->
                random.nextBoolean()
                        ? new Condition.OnWeekday(index, DayOfWeek.of(random.nextInt(1, 8)))
                        : remainder(index);
            case MONTH, YEAR, NUMBER -> remainder(index);
        };
    }

    private Condition remainder(int index) {
        var divisor = random.nextInt(2, 4);
        return new Condition.Remainder(index, divisor, random.nextInt(divisor));
    }
}
