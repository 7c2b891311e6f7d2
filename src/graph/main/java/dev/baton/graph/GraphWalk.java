package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Task;
import dev.baton.task.parameter.TaskKey;
import dev.baton.task.parameter.TaskMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Walks `requires()` in lockstep for all sample roots: a place is the tuple of its tasks across the samples.
final class GraphWalk {
    private final List<Record> roots;
    private final Parameterised parameterised;
    private final int limit;
    private final Asking asking;
    private final Consumer<Diagnostic> report;
    private final List<NodeDraft> places = new ArrayList<>();
    /// By the base sample's task: nearly always that one tells the place.
    private final Map<Task, List<NodeDraft>> byBase = new TaskMap<>();
    /// By every sample's task, to notice two places that are one task.
    private final List<Map<Task, NodeDraft>> bySample = new ArrayList<>();
    private final List<Clash> clashes = new ArrayList<>();
    private final ArrayDeque<NodeDraft> open = new ArrayDeque<>();
    private final Set<String> shapesReported = new HashSet<>();

    /// Two places with one task.
    record Clash(NodeDraft one, NodeDraft other, Task task) {}

    /// The sample roots' values beside the relations to them.
    record Parameterised(ParameterRelations relations, List<Object[]> roots) {}

    /// The number of questions to a task: who asks twice finds out whether it answers the same.
    enum Asking {
        ONCE,
        TWICE
    }

    /// @param roots the sample roots, the base first
    /// @param limit how many places there may be
    GraphWalk(List<Record> roots, int limit, Asking asking, Consumer<Diagnostic> report) {
        this.roots = roots;
        this.limit = limit;
        this.asking = asking;
        this.report = report;
        var relations = new ParameterRelations(roots.getFirst().getClass());
        var values = roots.stream().map(relations.root()::values).toList();
        parameterised = new Parameterised(relations, values);
        roots.forEach(root -> bySample.add(new TaskMap<>()));
    }

    /// Walks to the end, or to the limit.
    void run() {
        place(roots.stream().map(Task.class::cast).toArray(Task[]::new), null);
        while (!open.isEmpty()) {
            if (places.size() > limit) {
                report.accept(GraphFindings.endless(places.getLast(), limit));
                return;
            }
            expand(open.poll());
        }
    }

    /// The places in the order in which they were met, the root first.
    List<NodeDraft> places() {
        return places;
    }

    List<Clash> clashes() {
        return clashes;
    }

    Parameterised parameterised() {
        return parameterised;
    }

    private void expand(NodeDraft place) {
        var answers = new ArrayList<TaskAnswer>(roots.size());
        for (var sample = 0; sample < roots.size(); sample++) {
            var task = place.task(sample);
            var answer = TaskAnswer.requirements(task, report);
            if (answer.isEmpty()) {
                return;
            }
            if (asking == Asking.TWICE) {
                var again = TaskAnswer.requirements(task, report);
                if (again.isPresent() && !answer.get().sameAs(again.get())) {
                    report.accept(GraphFindings.twoAnswers(task));
                    return;
                }
            }
            answers.add(answer.get());
        }
        // Two that are equal for some samples only are two places; that they meet is found there (TSK033).
        var whole =
                answers.stream().map(answer -> TaskAnswer.byClass(answer.all())).toList();
        var once = answers.stream()
                .map(answer -> TaskAnswer.byClass(answer.needed().keySet()))
                .toList();
        var classes = new LinkedHashSet<Class<?>>();
        once.forEach(answer -> classes.addAll(answer.keySet()));
        var same = true;
        for (var type : classes) {
            if (sameCount(whole, type)) {
                group(place, of(whole, type));
            } else if (sameCount(once, type)) {
                group(place, of(once, type));
            } else {
                same = false;
            }
        }
        for (var child : place.requires()) {
            for (var sample = 0; sample < roots.size(); sample++) {
                if (answers.get(sample).conditional().containsKey(child.task(sample))) {
                    place.conditional().add(child);
                }
            }
        }
        if (!same) {
            reportShape(place, once);
        }
    }

    private static List<List<Task>> of(List<Map<Class<?>, List<Task>>> answers, Class<?> type) {
        return answers.stream()
                .map(answer -> answer.getOrDefault(type, List.of()))
                .toList();
    }

    private static boolean sameCount(List<Map<Class<?>, List<Task>>> answers, Class<?> type) {
        return of(answers, type).stream().mapToInt(List::size).distinct().count() == 1;
    }

    private void reportShape(NodeDraft place, List<Map<Class<?>, List<Task>>> answers) {
        var base = counts(answers.getFirst());
        for (var sample = 1; sample < roots.size(); sample++) {
            var other = counts(answers.get(sample));
            if (!base.equals(other)) {
                var culprits = culprits(sample);
                if (shapesReported.add(place.type().getName() + culprits)) {
                    report.accept(GraphFindings.shapeChanges(culprits, place.task(0), base, place.task(sample), other));
                }
            }
        }
    }

    private static Map<String, Integer> counts(Map<Class<?>, List<Task>> answer) {
        var counts = new TreeMap<String, Integer>();
        answer.forEach((type, tasks) -> counts.merge(type.getSimpleName(), tasks.size(), Integer::sum));
        return counts;
    }

    /// The root parameters in which a sample differs from the base.
    private List<String> culprits(int sample) {
        var culprits = new ArrayList<String>();
        var base = parameterised.roots().getFirst();
        var other = parameterised.roots().get(sample);
        for (var i = 0; i < base.length; i++) {
            if (!base[i].equals(other[i])) {
                culprits.add(parameterised.relations().root().get(i).name());
            }
        }
        return culprits;
    }

    /// Joins the tasks of one class across the samples: in the order of `requires()`, or sorted if that leaves
    /// fewer components unexplained (`List.copyOf(Set.of(…))` has another order in every JVM).
    private void group(NodeDraft parent, List<List<Task>> tasks) {
        var size = tasks.getFirst().size();
        var best = tuples(tasks, size);
        if (size > 1 && roots.size() > 1) {
            var unexplained = unexplained(best);
            if (unexplained > 0) {
                var sorted = tuples(tasks.stream().map(TaskOrder::sorted).toList(), size);
                if (unexplained(sorted) < unexplained) {
                    best = inOrderOf(tasks.getFirst(), sorted);
                }
            }
        }
        for (var tuple : best) {
            parent.requires().add(place(tuple, parent));
        }
    }

    private static List<Task[]> tuples(List<List<Task>> tasks, int size) {
        var tuples = new ArrayList<Task[]>(size);
        for (var i = 0; i < size; i++) {
            var tuple = new Task[tasks.size()];
            for (var sample = 0; sample < tuple.length; sample++) {
                tuple[sample] = tasks.get(sample).get(i);
            }
            tuples.add(tuple);
        }
        return tuples;
    }

    private long unexplained(List<Task[]> tuples) {
        return tuples.stream()
                .filter(tuple -> !Arrays.stream(tuple).allMatch(task -> TaskKey.same(task, tuple[0])))
                .mapToLong(tuple -> {
                    var place = new NodeDraft(tuple, null);
                    place.relate(parameterised.relations(), parameterised.roots());
                    return ParameterRelations.open(place.relations());
                })
                .sum();
    }

    private static List<Task[]> inOrderOf(List<Task> base, List<Task[]> tuples) {
        var position = new TaskMap<Integer>();
        base.forEach(task -> position.put(task, position.size()));
        var ordered = new ArrayList<>(tuples);
        ordered.sort(Comparator.comparing(tuple -> position.get(tuple[0])));
        return ordered;
    }

    private NodeDraft place(Task[] tuple, @Nullable NodeDraft parent) {
        var known = byBase.computeIfAbsent(tuple[0], task -> new ArrayList<>(1));
        for (var place : known) {
            if (place.holds(tuple)) {
                return place;
            }
        }
        var place = new NodeDraft(tuple, parent);
        place.relate(parameterised.relations(), parameterised.roots());
        known.add(place);
        places.add(place);
        open.add(place);
        for (var sample = 0; sample < tuple.length; sample++) {
            var other = bySample.get(sample).putIfAbsent(tuple[sample], place);
            if (other != null) {
                clashes.add(new Clash(other, place, tuple[sample]));
                break;
            }
        }
        return place;
    }
}
