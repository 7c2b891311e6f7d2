package dev.baton.graph;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Diagnostics;
import dev.baton.task.InvalidInput;
import dev.baton.task.Task;
import dev.baton.task.parameter.TaskKey;
import dev.baton.task.parameter.TaskMap;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The tasks of a graph for real parameters. That it exists says that the shape is the compiled one.
public final class GraphInstance {
    private final TaskGraph graph;
    private final Map<String, String> parameters;
    private final Map<TaskNode, Task> tasks;
    private final Map<Task, TaskNode> nodes;
    private final Set<TaskNode> needed;

    private GraphInstance(
            TaskGraph graph,
            Map<String, String> parameters,
            Map<TaskNode, Task> tasks,
            Map<Task, TaskNode> nodes,
            Set<TaskNode> needed) {
        this.graph = graph;
        this.parameters = Collections.unmodifiableMap(parameters);
        this.tasks = tasks;
        this.nodes = nodes;
        this.needed = needed;
    }

    /// Asks the whole graph.
    ///
    /// @throws DiagnosticException with RUN010 and RUN011
    static GraphInstance of(TaskGraph graph, Record root, NodeMatcher matching) {
        var rootValues = graph.rootParameters().values(root);
        var tasks = new HashMap<TaskNode, Task>();
        var edges = new HashMap<TaskNode, Map<Task, Boolean>>();
        var problems = new Diagnostics();
        tasks.put(graph.root(), (Task) root);
        for (var node : graph.met()) {
            var task = tasks.get(node);
            if (task == null) {
                continue;
            }
            var required = TaskAnswer.requirements(task, problems::add)
                    .map(TaskAnswer::needed)
                    .orElse(Map.of());
            edges.put(node, required);
            try {
                matching.match(node, task, required, rootValues).forEach((child, found) -> {
                    var other = tasks.putIfAbsent(child, found);
                    if (other != null && !TaskKey.same(other, found)) {
                        problems.add(GraphFindings.twoTasks(child.id(), other, found));
                    }
                });
            } catch (DiagnosticException e) {
                problems.addAll(e.diagnostics());
            }
        }
        var nodes = new TaskMap<TaskNode>();
        for (var node : graph.nodes()) {
            var task = tasks.get(node);
            var other = task == null ? null : nodes.putIfAbsent(task, node);
            if (task != null && other != null) {
                problems.add(GraphFindings.bothAre(other.id(), node.id(), task));
            }
        }
        problems.throwIfErrors();
        try {
            return new GraphInstance(
                    graph, graph.rootParameters().print(root), tasks, nodes, needed(graph.root(), tasks, edges));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(String.valueOf(e.getMessage()));
        }
    }

    private static Set<TaskNode> needed(
            TaskNode root, Map<TaskNode, Task> tasks, Map<TaskNode, Map<Task, Boolean>> edges) {
        var needed = new HashSet<TaskNode>();
        var open = new ArrayDeque<TaskNode>(List.of(root));
        while (!open.isEmpty()) {
            var node = open.poll();
            if (!needed.add(node)) {
                continue;
            }
            for (var child : node.requires()) {
                var task = tasks.get(child);
                if (edges.getOrDefault(node, Map.of()).getOrDefault(task, false)) {
                    open.add(child);
                }
            }
        }
        return needed;
    }

    public TaskGraph graph() {
        return graph;
    }

    /// The root's parameters, canonically printed.
    public Map<String, String> parameters() {
        return parameters;
    }

    /// The task of a node of this graph.
    public Task task(TaskNode node) {
        var task = tasks.get(node);
        if (task == null) {
            throw new IllegalArgumentException(node + " is not a node of " + graph);
        }
        return task;
    }

    /// The node of a task, if it is one of this graph.
    public Optional<TaskNode> node(Task task) {
        return Optional.ofNullable(nodes.get(task));
    }

    /// Whether anything needs the node for these parameters ([Task#onlyIf]).
    public boolean needed(TaskNode node) {
        return needed.contains(node);
    }

    /// The external nodes that are needed, sorted by id.
    public List<TaskNode> externals() {
        return graph.nodes().stream()
                .filter(TaskNode::external)
                .filter(this::needed)
                .toList();
    }
}
