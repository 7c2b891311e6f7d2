package dev.baton.cli.diff;

import dev.baton.run.ColumnProfile;
import dev.baton.run.DataProfile;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One difference between two profiles.
///
/// @param text such as `rows 366 -> 41`
/// @param weight the larger, the more it changes what the data means
record ProfileDifference(String text, double weight) {
    private static final double UNREADABLE = 10;
    private static final double FORMAT = 9;
    private static final double COLUMNS = 8;
    private static final double TYPE = 7;
    private static final double RAGGED = 2;
    private static final double BOUND = 0.001;

    /// The differences between what was and what is, the weightiest first.
    static List<ProfileDifference> between(DataProfile before, DataProfile now) {
        var found = new ArrayList<ProfileDifference>();
        if (!before.format().equals(now.format())) {
            found.add(new ProfileDifference("format " + before.format() + " -> " + now.format(), FORMAT));
        }
        if (!Objects.equals(before.problem(), now.problem())) {
            found.add(new ProfileDifference(
                    now.problem() == null ? "it can be read again" : "it cannot be read: " + now.problem(),
                    UNREADABLE));
        }
        var rows = number("rows", before.rows(), now.rows(), 3);
        if (rows != null) {
            found.add(rows);
        }
        if (before.ragged() != now.ragged()) {
            found.add(new ProfileDifference("ragged rows " + before.ragged() + " -> " + now.ragged(), RAGGED));
        }
        columns(before, now, found);
        for (var column : before.columns()) {
            now.column(column.name()).ifPresent(other -> column(column, other, before, now, found));
        }
        found.sort(Comparator.comparingDouble(ProfileDifference::weight).reversed());
        return found;
    }

    private static void columns(DataProfile before, DataProfile now, List<ProfileDifference> found) {
        var old = before.columns().stream().map(ColumnProfile::name).toList();
        var current = now.columns().stream().map(ColumnProfile::name).toList();
        var left = old.stream().filter(name -> !current.contains(name)).toList();
        var added = current.stream().filter(name -> !old.contains(name)).toList();
        if (!left.isEmpty()) {
            found.add(new ProfileDifference("columns gone: " + String.join(", ", left), COLUMNS));
        }
        if (!added.isEmpty()) {
            found.add(new ProfileDifference("columns added: " + String.join(", ", added), COLUMNS));
        }
        if (left.isEmpty()
                && added.isEmpty()
                && !old.equals(current)
                && !before.format().equals("json-lines")) {
            found.add(new ProfileDifference("columns in another order: " + String.join(", ", current), COLUMNS));
        }
    }

    private static void column(
            ColumnProfile before, ColumnProfile now, DataProfile of, DataProfile in, List<ProfileDifference> found) {
        var name = before.name();
        if (before.type() != now.type()) {
            found.add(new ProfileDifference(
                    "type of " + name + " " + before.type().word() + " -> "
                            + now.type().word(),
                    TYPE));
        }
        var empty = rate(before.nulls(), of.rows());
        var emptyNow = rate(now.nulls(), in.rows());
        if (Math.abs(empty - emptyNow) > 0) {
            found.add(new ProfileDifference(
                    name + " without a value " + percent(empty) + " -> " + percent(emptyNow),
                    4 * Math.abs(empty - emptyNow)));
        }
        var distinct = number("different values of " + name, before.distinct(), now.distinct(), 0.5);
        if (distinct != null) {
            found.add(distinct);
        }
        var mean = before.mean();
        var meanNow = now.mean();
        if (mean != null && meanNow != null && !mean.equals(meanNow)) {
            var most = Math.max(Math.abs(mean), Math.abs(meanNow));
            found.add(new ProfileDifference(
                    "mean of " + name + " " + shown(mean) + " -> " + shown(meanNow),
                    Math.min(1, Math.abs(mean - meanNow) / most)));
        }
        bound("least value of ", name, before.min(), now.min(), found);
        bound("greatest value of ", name, before.max(), now.max(), found);
    }

    private static void bound(
            String what, String name, @Nullable String before, @Nullable String now, List<ProfileDifference> found) {
        if (before != null && now != null && !before.equals(now)) {
            found.add(new ProfileDifference(what + name + " " + before + " -> " + now, BOUND));
        }
    }

    private static @Nullable ProfileDifference number(
            String what, @Nullable Long before, @Nullable Long now, double factor) {
        if (before == null || now == null || before.equals(now)) {
            return null;
        }
        var weight = factor * Math.abs(Math.log((now + 1.0) / (before + 1.0)));
        return new ProfileDifference(what + " " + before + " -> " + now, weight);
    }

    private static double rate(@Nullable Long nulls, @Nullable Long rows) {
        return nulls == null || rows == null || rows == 0 ? 0 : (double) nulls / rows;
    }

    private static String percent(double rate) {
        return shown(rate * 100) + " %";
    }

    private static String shown(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
