package dev.baton.lambda.generated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/// A pipeline as plain data, and what its runs need, by brute force: it knows nothing of Baton.
///
/// @param name of the pipeline, and in lower case before each of its keys
/// @param tasks the root first
/// @param bounded whether the root refuses what is outside of its domain
/// @param domain the values of all roots that there are, or, where it is not bounded, of all that the keys of the
///     days, months, years and numbers in `focus` may concern
/// @param given the class of external tasks of which the pipeline says itself which roots they start, by name, if any
/// @param focus values of roots whose uploads are worth playing with; the samples of the pipeline where it is bounded
public record PipelineSpec(
        String name,
        List<TaskSpec> tasks,
        boolean bounded,
        Optional<String> given,
        List<List<Object>> domain,
        List<List<Object>> focus) {

    public PipelineSpec {
        tasks = List.copyOf(tasks);
        domain = List.copyOf(domain);
        focus = List.copyOf(focus);
    }

    public TaskSpec root() {
        return tasks.getFirst();
    }

    public TaskSpec task(String named) {
        for (var task : tasks) {
            if (task.name().equals(named)) {
                return task;
            }
        }
        throw new IllegalArgumentException(named + " is not a task of " + name);
    }

    /// The root of a run.
    public PlainTask root(List<Object> values) {
        return new PlainTask(root(), values);
    }

    /// What a task requires and needs, without doubles.
    public List<PlainTask> needed(PlainTask task) {
        var needed = new LinkedHashSet<PlainTask>();
        for (var requirement : task.spec().requires()) {
            if (requirement.condition().holds(task.values())) {
                needed.add(required(requirement, task));
            }
        }
        return List.copyOf(needed);
    }

    /// What a task requires, needed or not.
    public List<PlainTask> required(PlainTask task) {
        return task.spec().requires().stream()
                .map(requirement -> required(requirement, task))
                .toList();
    }

    private PlainTask required(TaskSpec.Requirement requirement, PlainTask by) {
        var values = new ArrayList<Object>(requirement.arguments().size());
        requirement.arguments().forEach(argument -> values.add(argument.of(by.values())));
        return new PlainTask(task(requirement.task()), values);
    }

    /// The whole graph of a run: every task that it needs, externals too, and what each needs, the root first.
    public Map<PlainTask, List<PlainTask>> graph(PlainTask root) {
        var graph = new LinkedHashMap<PlainTask, List<PlainTask>>();
        var open = new ArrayDeque<PlainTask>(List.of(root));
        while (!open.isEmpty()) {
            var task = open.poll();
            if (!graph.containsKey(task)) {
                graph.put(task, needed(task));
                open.addAll(graph.get(task));
            }
        }
        return graph;
    }

    /// How many tasks there are in a run, needed or not. Where they are fewer than in others, two of them are one.
    public int size(PlainTask root) {
        var met = new HashSet<PlainTask>();
        var open = new ArrayDeque<PlainTask>(List.of(root));
        while (!open.isEmpty()) {
            var task = open.poll();
            if (met.add(task)) {
                open.addAll(required(task));
            }
        }
        return met.size();
    }

    /// The external tasks that a run needs.
    public List<PlainTask> externals(PlainTask root) {
        return graph(root).keySet().stream()
                .filter(task -> task.spec().external())
                .toList();
    }

    /// The logical URIs of all that a run needs.
    public Set<String> needs(PlainTask root) {
        var uris = new TreeSet<String>();
        externals(root).forEach(external -> uris.add(external.uri()));
        return uris;
    }

    /// Which of the root's components the external tasks that a run needs tell, counted from 0: those from which an
    /// argument follows on a way of requirements that are needed.
    public Set<Integer> told(PlainTask root) {
        var all = new HashSet<Integer>();
        ways(root, components(root), true, (external, told) -> all.addAll(told));
        return all;
    }

    /// Shows every way from a root to an external task, needed or not, and which of the root's components the task
    /// tells on it.
    public void ways(PlainTask root, BiConsumer<PlainTask, Set<Integer>> shown) {
        ways(root, components(root), false, shown);
    }

    private static List<Set<Integer>> components(PlainTask root) {
        return IntStream.range(0, root.values().size()).mapToObj(Set::of).toList();
    }

    /// @param from which of the root's components each component of the task follows from
    private void ways(
            PlainTask task, List<Set<Integer>> from, boolean needed, BiConsumer<PlainTask, Set<Integer>> shown) {
        if (task.spec().external()) {
            var told = new HashSet<Integer>();
            from.forEach(told::addAll);
            if (isGiven(task)) {
                IntStream.range(0, root().components().size()).forEach(told::add);
            }
            shown.accept(task, told);
            return;
        }
        for (var requirement : task.spec().requires()) {
            if (!needed || requirement.condition().holds(task.values())) {
                var arguments = requirement.arguments().stream()
                        .map(argument -> argument.component().isPresent()
                                ? from.get(argument.component().getAsInt())
                                : Set.<Integer>of())
                        .toList();
                ways(required(requirement, task), arguments, needed, shown);
            }
        }
    }

    /// Whether the pipeline says itself which roots a task starts.
    public boolean isGiven(PlainTask task) {
        return given.filter(task.spec().name()::equals).isPresent();
    }

    /// Whether the root has several dates: of a part of the calendar nobody knows for sure to which of them it belongs.
    public boolean hasSeveralDates() {
        return root().components().stream()
                        .filter(component -> component.kind().calendar())
                        .count()
                > 1;
    }

    /// Whether a day is moved by months before it is moved again: what both make of it is neither so many days nor a
    /// month away.
    public boolean movesMonths() {
        return tasks.stream()
                .flatMap(task -> task.requires().stream())
                .anyMatch(requirement -> !task(requirement.task()).external()
                        && requirement.arguments().stream().anyMatch(Expression.MonthsLater.class::isInstance));
    }

    /// Whether what a run needs tells the whole root, but for enums, which can be tried out.
    public boolean findable(PlainTask root) {
        return isWhole(told(root));
    }

    /// Whether components of the root are all that have to be told.
    ///
    /// @param told counted from 0
    public boolean isWhole(Set<Integer> told) {
        for (var i = 0; i < root().components().size(); i++) {
            if (!told.contains(i) && root().components().get(i).kind() != Kind.HUE) {
                return false;
            }
        }
        return true;
    }
}
