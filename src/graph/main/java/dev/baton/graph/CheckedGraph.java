package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Pipeline;
import java.util.List;
import java.util.Optional;

/// A pipeline's graph if nothing is wrong with it, and every finding, warnings too.
///
/// @param graph present where no finding is an error
/// @param findings in the order of the checks
public record CheckedGraph(Optional<TaskGraph> graph, List<Diagnostic> findings) {
    /// The bound on a graph's nodes unless another is given.
    public static final int LIMIT = 100_000;

    public CheckedGraph {
        findings = List.copyOf(findings);
    }

    /// The graph of a pipeline, with every check.
    public static CheckedGraph of(Pipeline pipeline) {
        return of(pipeline, LIMIT);
    }

    /// [#of] with another bound on the number of nodes.
    public static CheckedGraph of(Pipeline pipeline, int limit) {
        var checks = new GraphChecks(pipeline);
        try {
            return checks.check(limit);
        } catch (Error e) {
            // Such as a class whose components are of a class that is missing.
            return checks.broken(e);
        }
    }

    /// The graph of a pipeline that was checked when it was compiled: only that it has none is found.
    public static CheckedGraph ofCompiled(Pipeline pipeline) {
        return new GraphChecks(pipeline).compiled(LIMIT);
    }

    /// The graph.
    ///
    /// @throws DiagnosticException with all findings, if one is an error
    public TaskGraph orThrow() {
        return graph.orElseThrow(() -> new DiagnosticException(findings));
    }
}
