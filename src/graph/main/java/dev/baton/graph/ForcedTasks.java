package dev.baton.graph;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.run.Force;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// The tasks of a graph that run also where they are fresh.
public final class ForcedTasks {
    private static final String FOLLOWING = "+";

    private final Set<TaskNode> tasks = new HashSet<>();
    private final Set<TaskNode> items = new HashSet<>();

    private ForcedTasks() {}

    /// The tasks that a wish means.
    ///
    /// @throws DiagnosticException RUN043 when it names what is no task of the graph, or an upload alone
    public static ForcedTasks of(TaskGraph graph, Force force) {
        var forced = new ForcedTasks();
        for (var word : force.tasks()) {
            if (word.equals(Force.ALL)) {
                forced.add(graph.nodes());
            } else {
                forced.add(graph, word);
            }
        }
        return forced;
    }

    /// Whether the task of a node runs in any case.
    public boolean contains(TaskNode node) {
        return tasks.contains(node);
    }

    /// Whether the items run in any case into which a node expands.
    public boolean containsItems(TaskNode node) {
        return items.contains(node);
    }

    private void add(TaskGraph graph, String word) {
        var isFollowed = word.endsWith(FOLLOWING);
        var name = isFollowed ? word.substring(0, word.length() - FOLLOWING.length()) : word;
        var named = graph.nodes().stream()
                .filter(node -> node.id().equals(name) || isCalled(node.taskClass(), name))
                .toList();
        var expanding = graph.nodes().stream()
                .filter(node -> node.items()
                        .filter(one -> isCalled(one.itemClass(), name))
                        .isPresent())
                .toList();
        if (named.isEmpty() && expanding.isEmpty()) {
            throw new DiagnosticException(
                    GraphFindings.noSuchTask(graph.pipeline().name(), name, names(graph)));
        }
        var made = named.stream().filter(node -> !node.external()).toList();
        if (made.isEmpty() && expanding.isEmpty() && !isFollowed) {
            throw new DiagnosticException(
                    GraphFindings.uploadForced(graph.pipeline().name(), name));
        }
        add(made);
        items.addAll(expanding);
        if (isFollowed) {
            add(expanding);
            add(following(named));
            add(following(expanding));
        }
    }

    private void add(Collection<TaskNode> nodes) {
        tasks.addAll(nodes);
        items.addAll(nodes);
    }

    private static Set<TaskNode> following(Collection<TaskNode> nodes) {
        var following = new HashSet<TaskNode>();
        var open = new ArrayDeque<>(nodes);
        while (!open.isEmpty()) {
            for (var next : open.poll().requiredBy()) {
                if (following.add(next)) {
                    open.add(next);
                }
            }
        }
        return following;
    }

    private static boolean isCalled(Class<?> type, String name) {
        return type.getSimpleName().equals(name) || type.getName().equals(name);
    }

    private static Set<String> names(TaskGraph graph) {
        var names = new LinkedHashSet<String>();
        for (var node : graph.nodes()) {
            if (!node.external()) {
                names.add(node.taskClass().getSimpleName());
                node.items().ifPresent(one -> names.add(one.itemClass().getSimpleName()));
            }
        }
        return names;
    }
}
