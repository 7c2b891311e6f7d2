package dev.baton.graph;

import dev.baton.task.Task;
import dev.baton.task.parameter.CalendarType;
import dev.baton.task.parameter.ParameterType;
import dev.baton.task.parameter.TaskMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Roots beside the samples, many more of them: conditions and calendars show what they do only where the weekday, the
/// month's end or the parity is theirs.
final class RootProbes {
    /// So many tasks are asked at the most, in all roots together: a large graph is tried out with fewer roots.
    private static final int TASKS = 30_000;
    private static final int MOST = 300;
    private static final int SCREENED = 60;
    private static final int FEWEST = 2;
    /// So far from a sample's value are those that are always tried: a root that refuses most has more of them there.
    private static final int NEAR = 7;

    private final TaskGraph graph;
    private final Random random = new Random(20_261_130);
    private final List<List<Object>> values = new ArrayList<>();

    RootProbes(TaskGraph graph) {
        this.graph = graph;
        for (var i = 0; i < graph.rootParameters().count(); i++) {
            values.add(values(i));
        }
    }

    /// The samples first, then one component changed at a time, then all at once; always the same.
    List<Record> choose() {
        var most = Math.max(FEWEST, Math.min(MOST, TASKS / graph.nodes().size()));
        var roots = new TaskMap<Record>();
        graph.sampleRoots().forEach(root -> roots.put((Task) root, root));
        var limit = roots.size() + most;
        for (var tries = 0; tries < 2 * most && roots.size() < limit; tries++) {
            var of = graph.rootParameters()
                    .values(graph.sampleRoots()
                            .get(random.nextInt(graph.sampleRoots().size())));
            var whole = tries % 2 == 0;
            var only = of.length == 0 ? 0 : random.nextInt(of.length);
            for (var i = 0; i < of.length; i++) {
                if (whole || i == only) {
                    of[i] = values.get(i).get(random.nextInt(values.get(i).size()));
                }
            }
            make(of).ifPresent(root -> roots.put((Task) root, root));
        }
        return List.copyOf(roots.values());
    }

    /// Values that the root accepts beside a sample's others, and, where it often does, those that were not tried.
    private List<Object> values(int component) {
        var parameters = graph.rootParameters();
        var values = new LinkedHashSet<Object>();
        graph.sampleRoots().forEach(root -> values.add(parameters.value(root, component)));
        for (var value : List.copyOf(values)) {
            var own = parameters.values(graph.sampleRoots().getFirst());
            for (var other : near(parameters.get(component).type(), value)) {
                own[component] = other;
                if (make(own).isPresent()) {
                    values.add(other);
                }
            }
        }
        var base = parameters.values(graph.sampleRoots().getFirst());
        var more = new ArrayList<>(more(parameters.get(component).type()));
        Collections.shuffle(more, random);
        var tried = Math.min(SCREENED, more.size());
        var accepted = 0;
        for (var value : more.subList(0, tried)) {
            base[component] = value;
            if (make(base).isPresent()) {
                values.add(value);
                accepted++;
            }
        }
        if (accepted > tried / 4) {
            values.addAll(more.subList(tried, more.size()));
        }
        return List.copyOf(values);
    }

    private Optional<Record> make(Object[] values) {
        try {
            return Optional.of(graph.rootParameters().make(values.clone()));
        } catch (IllegalArgumentException e) {
            // The root refuses these values: there is no such run.
            return Optional.empty();
        }
    }

    private static List<Object> near(ParameterType type, Object value) {
        var near = new ArrayList<Object>();
        for (var by = -NEAR; by <= NEAR; by++) {
            try {
                switch (type) {
                    case CalendarType calendar -> near.add(calendar.at(calendar.number(value) + by));
                    case ParameterType.Whole whole -> near.add(whole.value(((Number) value).longValue() + by));
                    default -> {}
                }
            } catch (DateTimeException | ArithmeticException e) {
                // The end of what there is.
                continue;
            }
        }
        return near;
    }

    private static List<Object> more(ParameterType type) {
        return switch (type) {
            // A leap year by its days, then every month of half a century, on another day each.
            case CalendarType calendar ->
                IntStream.range(0, 366 + 600)
                        .mapToObj(i -> i < 366
                                ? LocalDate.of(2012, 1, 1).plusDays(i)
                                : LocalDate.of(1990, 1, 1).plusMonths(i - 366).plusDays(i % 28))
                        .map(day -> calendar.at(calendar.convert(CalendarType.DAY, day.toEpochDay())))
                        .distinct()
                        .toList();
            case ParameterType.Whole whole ->
                IntStream.concat(
                                IntStream.range(-10, 130),
                                IntStream.of(255, 256, 365, 366, 500, 999, 1_000, 1_024, 1_999, 2_000, 10_000))
                        .mapToObj(whole::value)
                        .toList();
            case ParameterType other -> other.samples();
        };
    }
}
