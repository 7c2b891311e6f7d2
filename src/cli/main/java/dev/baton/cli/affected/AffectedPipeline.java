package dev.baton.cli.affected;

import dev.baton.graph.ItemNodes;
import dev.baton.graph.TaskGraph;
import dev.baton.graph.TaskNode;
import dev.baton.run.code.CodeHash;
import dev.baton.run.code.CodeParts;
import dev.baton.run.decision.CodeChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pipeline of which a changeset touches tasks.
///
/// @param way in which the pipeline itself differs: it is new, it is gone, or some of its tasks are others
/// @param tasks how many it has, in the newer code where it is there
/// @param touched those whose code is another
/// @param following the classes of those that come after these, and run again if what these make comes out different
/// @param now the newer graph; null where the pipeline is gone
public record AffectedPipeline(
        String name,
        CodeChange.Way way,
        int tasks,
        List<TouchedTask> touched,
        List<String> following,
        @Nullable TaskGraph now) {
    public AffectedPipeline {
        touched = List.copyOf(touched);
        following = List.copyOf(following);
    }

    /// The pipelines that differ, by name.
    public static List<AffectedPipeline> between(CodeSide before, CodeSide after) {
        var names = new TreeSet<>(before.pipelines());
        names.addAll(after.pipelines());
        return names.stream()
                .map(name -> of(name, before.graph(name), after.graph(name)))
                .filter(pipeline -> pipeline.way() != CodeChange.Way.CHANGED
                        || !pipeline.touched().isEmpty())
                .toList();
    }

    private static AffectedPipeline of(String name, @Nullable TaskGraph before, @Nullable TaskGraph now) {
        var old = classes(before);
        var current = classes(now);
        var all = new TreeSet<>(old.keySet());
        all.addAll(current.keySet());
        var touched = new ArrayList<TouchedTask>();
        for (var task : all) {
            var was = old.get(task);
            var is = current.get(task);
            if (was == null && is != null) {
                touched.add(new TouchedTask(task, CodeChange.Way.ADDED, nodes(now, task), List.of()));
            } else if (was != null && is == null) {
                touched.add(new TouchedTask(task, CodeChange.Way.LEFT, nodes(before, task), List.of()));
            } else if (was != null && is != null && !CodeHash.of(was).equals(CodeHash.of(is))) {
                touched.add(new TouchedTask(
                        task,
                        CodeChange.Way.CHANGED,
                        nodes(now, task),
                        CodeChange.between(
                                CodeParts.of(was).hashes(), CodeParts.of(is).hashes())));
            }
        }
        return new AffectedPipeline(
                name,
                before == null ? CodeChange.Way.ADDED : now == null ? CodeChange.Way.LEFT : CodeChange.Way.CHANGED,
                now == null ? old.size() : current.size(),
                touched,
                now == null ? List.of() : following(now, touched),
                now);
    }

    /// The classes of all tasks that are ours to run, those of items too.
    static Map<String, Class<?>> classes(@Nullable TaskGraph graph) {
        var classes = new TreeMap<String, Class<?>>();
        if (graph != null) {
            graph.nodes().stream()
                    .filter(node -> !node.external())
                    .flatMap(AffectedPipeline::classes)
                    .forEach(type -> classes.put(type.getName(), type));
        }
        return classes;
    }

    private static Stream<Class<? extends Record>> classes(TaskNode node) {
        return Stream.concat(Stream.of(node.taskClass()), node.items().stream().map(ItemNodes::itemClass));
    }

    private static List<String> nodes(@Nullable TaskGraph graph, String task) {
        return graph == null
                ? List.of()
                : graph.nodes().stream()
                        .filter(node ->
                                classes(node).anyMatch(type -> type.getName().equals(task)))
                        .map(TaskNode::id)
                        .toList();
    }

    private static List<String> following(TaskGraph graph, List<TouchedTask> touched) {
        var names = new TreeSet<String>();
        touched.forEach(task -> names.add(task.task()));
        var seen = new LinkedHashSet<TaskNode>();
        var next = new ArrayDeque<TaskNode>();
        graph.nodes().stream()
                .filter(node -> classes(node).anyMatch(type -> names.contains(type.getName())))
                .forEach(next::add);
        while (!next.isEmpty()) {
            next.poll().requiredBy().stream().filter(seen::add).forEach(next::add);
        }
        Set<String> after = new TreeSet<>();
        seen.stream()
                .flatMap(AffectedPipeline::classes)
                .map(Class::getName)
                .filter(name -> !names.contains(name))
                .forEach(after::add);
        return List.copyOf(after);
    }
}
