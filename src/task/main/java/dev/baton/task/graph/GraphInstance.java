package dev.baton.task.graph;

import dev.baton.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tasks of a graph for real parameters.
public final class GraphInstance {
    GraphInstance() {}

    public TaskGraph graph() {
        throw new UnsupportedOperationException("under construction");
    }

    /// The root's parameters, canonically printed.
    public Map<String, String> parameters() {
        throw new UnsupportedOperationException("under construction");
    }

    /// The task of a node.
    public Task task(TaskNode node) {
        throw new UnsupportedOperationException("under construction");
    }

    /// The node of a task, if it is one of this graph.
    public Optional<TaskNode> node(Task task) {
        throw new UnsupportedOperationException("under construction");
    }

    /// Whether anything needs the node for these parameters ([Task#onlyIf]).
    public boolean needed(TaskNode node) {
        throw new UnsupportedOperationException("under construction");
    }

    /// The external nodes that are needed, sorted by id.
    public List<TaskNode> externals() {
        throw new UnsupportedOperationException("under construction");
    }
}
