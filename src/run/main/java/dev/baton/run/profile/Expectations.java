package dev.baton.run.profile;

import dev.baton.run.DataProfile;
import dev.baton.task.DataInvalid;
import dev.baton.task.Expect;
import dev.baton.task.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the author of a task expects of its output ([Expect]).
public final class Expectations {
    private static final String MISS = "TSK089";

    private final List<Expectation> all;

    private Expectations(List<Expectation> all) {
        this.all = all;
    }

    /// Those of a task's class.
    public static Expectations of(Class<?> task) {
        return new Expectations(Arrays.stream(task.getAnnotationsByType(Expect.class))
                .map(Expectation::of)
                .toList());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /// @param uri of the output
    /// @param profile of what is to be committed; null where there is none
    /// @throws DataInvalid when it is not what is expected: names the column, what was expected and what was found
    public void require(String uri, @Nullable DataProfile profile) {
        if (all.isEmpty()) {
            return;
        }
        if (profile == null || profile.format().equals("bytes")) {
            throw new DataInvalid(uri, MISS + ": is expected to have rows and columns, but has no profile");
        }
        if (profile.problem() != null) {
            throw new DataInvalid(uri, MISS + ": expected " + profile.format() + ", but " + profile.problem());
        }
        var misses = new ArrayList<String>();
        all.forEach(expectation -> expectation.misses(profile, misses));
        if (!misses.isEmpty()) {
            throw new DataInvalid(uri, MISS + ": " + String.join("; ", misses));
        }
    }

    /// Whether expectations can be held against what a task writes, as far as its class and its address tell.
    public static boolean areCheckable(Class<?> task, String uri) {
        var said = task.getAnnotation(Profile.class);
        var format = said == null || said.value() == Profile.Format.DETECT ? Profiler.detected(uri, "") : said.value();
        return format != Profile.Format.BYTES && format != Profile.Format.OFF;
    }

    /// What no output could meet: each as a phrase that begins with the member of the annotation.
    public static List<String> contradictions(Class<?> task) {
        var found = new ArrayList<String>();
        for (var said : task.getAnnotationsByType(Expect.class)) {
            contradictions(said, found);
        }
        return found;
    }

    private static void contradictions(Expect said, List<String> found) {
        var saysColumn = said.maxNullRate() < 1
                || said.minDistinct() > 0
                || said.maxDistinct() < Long.MAX_VALUE
                || !said.min().isEmpty()
                || !said.max().isEmpty();
        if (said.column().isEmpty() && saysColumn) {
            found.add("column is empty, but something is expected of its values");
        }
        if (!(said.maxNullRate() >= 0 && said.maxNullRate() <= 1)) {
            found.add("maxNullRate is " + said.maxNullRate() + ", which is not from 0 to 1");
        }
        if (said.minRows() < 0 || said.minRows() > said.maxRows()) {
            found.add("minRows is " + said.minRows() + " and maxRows " + said.maxRows());
        }
        if (said.minDistinct() < 0 || said.minDistinct() > said.maxDistinct()) {
            found.add("minDistinct is " + said.minDistinct() + " and maxDistinct " + said.maxDistinct());
        }
        bounds(said, found);
        var names = new ArrayList<String>();
        for (var text : said.columns()) {
            var column = Expectation.Column.of(text);
            if (column.name().isEmpty() || names.contains(column.name())) {
                found.add("columns names \"" + column.name() + "\""
                        + (column.name().isEmpty() ? "" : " twice"));
            }
            if (column.type() == null && text.contains(": ")) {
                found.add("columns has \"" + text + "\", where no type stands after the colon");
            }
            names.add(column.name());
        }
        if (!names.isEmpty() && !said.column().isEmpty() && !names.contains(said.column())) {
            found.add("column is " + said.column() + ", which columns does not name");
        }
    }

    private static void bounds(Expect said, List<String> found) {
        for (var bound : List.of(said.min(), said.max())) {
            if (!bound.isEmpty() && !Expectation.isNumber(bound) && !bound.matches("\\d{4}-\\d\\d-\\d\\d(T.*)?")) {
                found.add((bound.equals(said.min()) ? "min" : "max") + " is \"" + bound
                        + "\", neither a number nor a date such as 2012-12-31");
                return;
            }
        }
        if (said.min().isEmpty() || said.max().isEmpty()) {
            return;
        }
        var isNumber = Expectation.isNumber(said.min());
        if (isNumber != Expectation.isNumber(said.max()) || Expectation.compare(said.min(), said.max(), isNumber) > 0) {
            found.add("min is " + said.min() + " and max " + said.max());
        }
    }
}
