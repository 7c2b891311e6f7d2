package dev.baton.lambda.internal.start;

import dev.baton.task.graph.TaskGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The runs of a pipeline as its triggers tell them.
final class TriggerRoots implements Roots {
    private final TaskGraph graph;

    TriggerRoots(TaskGraph graph) {
        this.graph = graph;
    }

    @Override
    public Optional<Candidates> of(String uri, Listing listing) {
        throw new UnsupportedOperationException("under construction " + graph);
    }

    @Override
    public List<Map<String, String>> all(Listing listing) {
        throw new UnsupportedOperationException("under construction");
    }

    @Override
    public List<String> patterns() {
        throw new UnsupportedOperationException("under construction");
    }
}
