package dev.baton.task.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The graph of a pipeline.
public final class TaskGraph {
    private TaskGraph() {}

    /// The graph, if nothing is wrong with it.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException with all findings, if one is an error
    public static TaskGraph of(Pipeline pipeline) {
        throw new UnsupportedOperationException("under construction");
    }

    /// Every finding about a pipeline, errors and warnings.
    public static List<Diagnostic> check(Pipeline pipeline) {
        throw new UnsupportedOperationException("under construction");
    }

    public Pipeline pipeline() {
        throw new UnsupportedOperationException("under construction");
    }

    /// All nodes, externals too, sorted by id.
    public List<TaskNode> nodes() {
        throw new UnsupportedOperationException("under construction");
    }

    public TaskNode root() {
        throw new UnsupportedOperationException("under construction");
    }

    public Optional<TaskNode> node(String id) {
        throw new UnsupportedOperationException("under construction");
    }

    /// The tasks of the whole graph for real parameters, its shape checked.
    ///
    /// @param parameters of the root, as printed text, by component
    /// @throws dev.baton.task.InvalidInput when a parameter is missing, unknown or no value of its type
    /// @throws dev.baton.diagnostic.DiagnosticException when these parameters give another shape (RUN010, RUN011)
    public GraphInstance instance(Map<String, String> parameters) {
        throw new UnsupportedOperationException("under construction");
    }

    /// The task of one node for real parameters, without walking the rest of the graph.
    ///
    /// @throws dev.baton.task.InvalidInput when a parameter is missing, unknown or no value of its type, or no such node is
    /// @throws dev.baton.diagnostic.DiagnosticException when these parameters give another shape (RUN010, RUN011)
    public Task task(String node, Map<String, String> parameters) {
        throw new UnsupportedOperationException("under construction");
    }
}
