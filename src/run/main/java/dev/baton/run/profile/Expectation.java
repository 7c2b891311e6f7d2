package dev.baton.run.profile;

import dev.baton.run.ColumnProfile;
import dev.baton.run.ColumnType;
import dev.baton.run.DataProfile;
import dev.baton.task.Expect;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One expectation, as [Expect] says it, held against a profile.
///
/// @param columns names, some with a type after a colon
record Expectation(
        long minRows,
        long maxRows,
        List<Column> columns,
        String column,
        double maxNullRate,
        long minDistinct,
        long maxDistinct,
        String min,
        String max) {
    /// An estimate may be off by so much.
    private static final double TOLERANCE = 0.05;

    /// A column that has to be there.
    record Column(String name, @Nullable ColumnType type) {
        static Column of(String text) {
            var colon = text.lastIndexOf(':');
            var type = colon < 0
                    ? Optional.<ColumnType>empty()
                    : ColumnType.named(text.substring(colon + 1).strip());
            return type.isPresent()
                    ? new Column(text.substring(0, colon).strip(), type.get())
                    : new Column(text.strip(), null);
        }

        @Override
        public String toString() {
            return type == null ? name : name + ": " + type.word();
        }
    }

    static Expectation of(Expect said) {
        return new Expectation(
                said.minRows(),
                said.maxRows(),
                List.of(said.columns()).stream().map(Column::of).toList(),
                said.column(),
                said.maxNullRate(),
                said.minDistinct(),
                said.maxDistinct(),
                said.min(),
                said.max());
    }

    /// Tells each miss as a sentence without its final stop.
    void misses(DataProfile profile, List<String> misses) {
        var rows = profile.rows() == null ? 0 : profile.rows();
        if (rows < minRows || rows > maxRows) {
            misses.add("expected " + range(minRows, maxRows) + " rows, found " + rows);
        }
        if (!columns.isEmpty()) {
            schema(profile, misses);
        }
        if (!column.isEmpty()) {
            profile.column(column)
                    .ifPresentOrElse(
                            found -> column(found, rows - uncounted(profile), misses),
                            () -> misses.add("column " + column + ": expected, but " + shown(profile)));
        }
    }

    /// Lines of JSON that are no objects have no columns that could be null.
    private static long uncounted(DataProfile profile) {
        return profile.format().equals("json-lines") ? profile.ragged() : 0;
    }

    private void schema(DataProfile profile, List<String> misses) {
        var isOrdered = !profile.format().equals("json-lines");
        var isTyped = !profile.format().equals("csv");
        var wanted = columns.stream().map(Column::name).toList();
        var found = profile.columns().stream().map(ColumnProfile::name).toList();
        var isSame = isOrdered ? found.equals(wanted) : found.size() == wanted.size() && wanted.containsAll(found);
        if (!isSame || profile.columnsLeftOut() > 0) {
            misses.add("expected the columns " + String.join(", ", wanted) + ", but " + shown(profile));
            return;
        }
        for (var expected : columns) {
            var type = profile.column(expected.name()).orElseThrow().type();
            if (expected.type() != null && !type.isA(expected.type(), isTyped)) {
                misses.add("column " + expected.name() + ": expected the type "
                        + expected.type().word() + ", found " + type.word()
                        + example(profile.column(expected.name()).orElseThrow()));
            }
        }
    }

    private static String example(ColumnProfile column) {
        return column.max() == null ? "" : ", such as \"" + column.max() + "\"";
    }

    private static String shown(DataProfile profile) {
        if (profile.columns().isEmpty()) {
            return "there is no column";
        }
        return "found "
                + String.join(
                        ", ",
                        profile.columns().stream()
                                .limit(20)
                                .map(ColumnProfile::name)
                                .toList())
                + (profile.columns().size() + profile.columnsLeftOut() > 20
                        ? " and " + (profile.columns().size() + profile.columnsLeftOut() - 20) + " more"
                        : "");
    }

    private void column(ColumnProfile found, long rows, List<String> misses) {
        var about = "column " + column + ": ";
        if (maxNullRate < 1 && found.nulls() == null) {
            misses.add(
                    about + "expected at most " + percent(maxNullRate) + " without a value, but that was not counted");
        } else if (found.nulls() != null && rows > 0 && found.nulls() > maxNullRate * rows) {
            misses.add(about + "expected at most " + percent(maxNullRate) + " without a value, found "
                    + percent((double) found.nulls() / rows) + " (" + found.nulls() + " of " + rows + ")");
        }
        distinct(found, about, misses);
        bound(min, found.min(), found.type(), about + "expected nothing below " + min, -1, misses);
        bound(max, found.max(), found.type(), about + "expected nothing above " + max, 1, misses);
    }

    private void distinct(ColumnProfile found, String about, List<String> misses) {
        if (minDistinct == 0 && maxDistinct == Long.MAX_VALUE) {
            return;
        }
        var expected = about + "expected " + range(minDistinct, maxDistinct) + " different values, ";
        if (found.distinct() == null) {
            misses.add(expected + "but that was not counted");
            return;
        }
        var count = found.distinct();
        var tolerance = count > DistinctValues.COUNTED ? TOLERANCE : 0;
        if (count * (1 + tolerance) < minDistinct || count * (1 - tolerance) > maxDistinct) {
            misses.add(expected + "found " + (tolerance > 0 ? "about " : "") + count);
        }
    }

    private static void bound(
            String bound, @Nullable String found, ColumnType type, String expected, int worse, List<String> misses) {
        if (bound.isEmpty() || type == ColumnType.EMPTY) {
            return;
        }
        var isNumber = isNumber(bound);
        if (found == null) {
            misses.add(expected + ", but that was not counted");
        } else if (!type.isA(isNumber ? ColumnType.NUMBER : ColumnType.TIMESTAMP, true)) {
            misses.add(expected + ", found " + type.word() + ", such as \"" + found + "\"");
        } else if (Integer.signum(compare(found, bound, isNumber)) == worse) {
            misses.add(expected + ", found " + found);
        }
    }

    /// Of a time only so much counts as the bound says of it.
    static int compare(String found, String bound, boolean isNumber) {
        return isNumber
                ? new BigDecimal(found).compareTo(new BigDecimal(bound))
                : found.substring(0, Math.min(found.length(), bound.length()))
                        .replace(' ', 'T')
                        .compareTo(bound);
    }

    static boolean isNumber(String bound) {
        return bound.matches("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?");
    }

    private static String range(long least, long most) {
        if (most == Long.MAX_VALUE) {
            return "at least " + least;
        }
        if (least == most) {
            return String.valueOf(least);
        }
        return least == 0 ? "at most " + most : least + " to " + most;
    }

    private static String percent(double rate) {
        return BigDecimal.valueOf(Math.round(rate * 10_000), 2)
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }
}
