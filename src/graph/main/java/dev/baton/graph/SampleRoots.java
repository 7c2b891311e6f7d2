package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Task;
import dev.baton.task.parameter.CalendarType;
import dev.baton.task.parameter.Parameter;
import dev.baton.task.parameter.ParameterType;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Chooses the roots with which a graph is tried out: a base, then one component changed at a time, so that a
/// change of shape can be blamed on one parameter.
final class SampleRoots {
    /// How far a value is moved when the root's constructor refuses it: far enough to meet every weekday of a
    /// month.
    private static final int MOVES = 30;
    private static final int TRIES = 20_000;

    private final Class<?> root;
    private final List<? extends Task> given;
    private final Parameters parameters;
    private final Consumer<Diagnostic> report;
    private final List<List<Object>> candidates = new ArrayList<>();

    /// @param root the class of the roots, or of other tasks that are to be tried out
    /// @param given what the author gave
    SampleRoots(Class<?> root, List<? extends Task> given, Consumer<Diagnostic> report) {
        this.root = root;
        this.given = given;
        this.parameters = Parameters.of(root);
        this.report = report;
    }

    /// The sample roots, the base first; empty where none could be made, which was then reported.
    List<Record> choose() {
        for (var i = 0; i < parameters.count(); i++) {
            candidates.add(candidates(i));
            if (candidates.get(i).isEmpty()) {
                report.accept(GraphFindings.noSamples(root, parameters.get(i)));
            }
        }
        if (candidates.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        var base = base();
        if (base.isEmpty()) {
            report.accept(GraphFindings.acceptsNone(root));
            return List.of();
        }
        var roots = new TaskMap<Boolean>();
        roots.put((Task) base.get(), true);
        for (var i = 0; i < parameters.count(); i++) {
            vary(base.get(), i, roots);
        }
        given.forEach(sample -> roots.put(sample, true));
        for (var i = 0; i < parameters.count(); i++) {
            requireVaried(i, roots.keySet());
        }
        return roots.keySet().stream().map(Record.class::cast).toList();
    }

    /// What the author gave, if that shows at least two values, else also what the type has of its own.
    private List<Object> candidates(int component) {
        var values = new LinkedHashSet<Object>();
        for (var sample : given) {
            values.add(parameters.value(sample, component));
        }
        var type = parameters.get(component).type();
        if (values.size() < 2) {
            var rank = rank(component);
            var own = type.samples();
            // Two parameters of one type get different values, or two tasks would seem to be one.
            for (var i = 0; i < own.size(); i++) {
                values.add(
                        type instanceof CalendarType || type instanceof ParameterType.Whole
                                ? apart(type, own.get(i), rank)
                                : own.get((i + rank) % own.size()));
            }
        }
        return List.copyOf(values);
    }

    /// How many parameters of a related type come before.
    private int rank(int component) {
        var type = parameters.get(component).type();
        var rank = 0;
        for (var i = 0; i < component; i++) {
            rank += parameters.get(i).type().isRelatedTo(type) ? 1 : 0;
        }
        return rank;
    }

    private static Object apart(ParameterType type, Object value, int rank) {
        // Only these two have an order; no switch, whose first use every cold start would wait for.
        if (type instanceof ParameterType.Whole whole) {
            return whole.value(((Number) value).longValue() + 37L * rank);
        }
        if (type instanceof CalendarType calendar) {
            // Twenty years keep leap years leap years.
            var later = begin(calendar, value).plusYears(20L * rank);
            return calendar.at(calendar.convert(CalendarType.DAY, CalendarType.DAY.number(later)));
        }
        return value;
    }

    private static LocalDate begin(CalendarType calendar, Object value) {
        return (LocalDate) CalendarType.DAY.at(CalendarType.DAY.convert(calendar, calendar.number(value)));
    }

    private Optional<Record> base() {
        if (!given.isEmpty()) {
            return Optional.of((Record) given.getFirst());
        }
        var first = new Object[parameters.count()];
        for (var i = 0; i < first.length; i++) {
            first[i] = candidates.get(i).getFirst();
        }
        return search(first, 0, new int[1]);
    }

    /// Tries the values as they are, then moves them one after the other.
    private Optional<Record> search(Object[] values, int from, int[] tries) {
        var made = make(values);
        if (made.isPresent()) {
            return made;
        }
        for (var i = from; i < values.length; i++) {
            var before = values[i];
            for (var other : alternatives(i, before)) {
                if (++tries[0] > TRIES) {
                    return Optional.empty();
                }
                values[i] = other;
                var found = search(values, i + 1, tries);
                if (found.isPresent()) {
                    return found;
                }
            }
            values[i] = before;
        }
        return Optional.empty();
    }

    private List<Object> alternatives(int component, Object value) {
        var others = new ArrayList<Object>();
        for (var by = 1; by <= MOVES; by++) {
            move(parameters.get(component).type(), value, by).ifPresent(others::add);
        }
        candidates.get(component).stream().filter(other -> !other.equals(value)).forEach(others::add);
        return others;
    }

    private void vary(Record base, int component, TaskMap<Boolean> roots) {
        var seen = new LinkedHashSet<Object>();
        var values = parameters.values(base);
        seen.add(values[component]);
        for (var candidate : candidates.get(component)) {
            if (seen.contains(candidate)) {
                continue;
            }
            for (var by = 0; by <= MOVES; by++) {
                var moved = move(parameters.get(component).type(), candidate, by);
                if (moved.isEmpty() || seen.contains(moved.get())) {
                    continue;
                }
                values[component] = moved.get();
                var root = make(values);
                if (root.isPresent()) {
                    seen.add(moved.get());
                    roots.put((Task) root.get(), true);
                    break;
                }
            }
        }
    }

    private static Optional<Object> move(ParameterType type, Object value, int by) {
        if (type instanceof ParameterType.Whole whole) {
            return Optional.of(whole.value(((Number) value).longValue() + by));
        }
        if (type instanceof CalendarType calendar) {
            return Optional.of(calendar.at(calendar.number(value) + by));
        }
        return by == 0 ? Optional.of(value) : Optional.empty();
    }

    private void requireVaried(int component, Set<Task> roots) {
        Parameter parameter = parameters.get(component);
        var single =
                parameter.type().alternatives().filter(all -> all.size() == 1).isPresent();
        var different = roots.stream()
                .map(root -> parameters.value(root, component))
                .distinct()
                .count();
        if (different < 2 && !single) {
            report.accept(GraphFindings.acceptsOne(
                    root, parameter, (Record) roots.iterator().next()));
        }
    }

    private Optional<Record> make(Object[] values) {
        try {
            return Optional.of(parameters.make(values.clone()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
