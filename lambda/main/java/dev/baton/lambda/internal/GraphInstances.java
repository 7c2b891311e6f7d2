package dev.baton.lambda.internal;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.ForcedTasks;
import dev.baton.graph.GraphInstance;
import dev.baton.graph.TaskGraph;
import dev.baton.run.ExecutionInput;
import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;

/// The last few instances of a graph: a warm function is mostly asked for the same parameters again.
public final class GraphInstances {
    private static final int KEPT = 8;

    private final TaskGraph graph;
    private final Map<Map<String, String>, GraphInstance> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Map<String, String>, GraphInstance> eldest) {
            return size() > KEPT;
        }
    };

    public GraphInstances(TaskGraph graph) {
        this.graph = graph;
    }

    public TaskGraph graph() {
        return graph;
    }

    /// The graph's tasks for parameters; see [TaskGraph#instance].
    public synchronized GraphInstance of(Map<String, String> parameters) {
        var known = last.get(parameters);
        if (known == null) {
            known = graph.instance(parameters);
            last.put(Map.copyOf(parameters), known);
        }
        return known;
    }

    /// The graph's tasks for a run that somebody asks for in words of their own.
    ///
    /// @throws InvalidInput when the parameters are none of this pipeline, or what is forced is no task of it
    public GraphInstance asked(ExecutionInput input) {
        try {
            var instance = of(input.parameters());
            input.force().ifPresent(force -> ForcedTasks.of(graph, force));
            return instance;
        } catch (DiagnosticException e) {
            var finding = e.diagnostics().getFirst();
            throw new InvalidInput("the pipeline \"" + graph.pipeline().name() + "\" cannot be run with "
                    + input.parameters() + ": " + finding.message() + " (" + finding.code() + "; "
                    + finding.remedy() + ")");
        }
    }
}
