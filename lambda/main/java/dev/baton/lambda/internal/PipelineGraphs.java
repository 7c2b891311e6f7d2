package dev.baton.lambda.internal;

import dev.baton.graph.CheckedGraph;
import dev.baton.graph.PipelineSearch;
import dev.baton.graph.TaskGraph;
import dev.baton.task.Pipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// The graphs of the pipelines on a class path. Making one tries the pipeline with sample parameters, so functions that
/// share a JVM share graphs too.
public final class PipelineGraphs {
    private static final Map<ClassLoader, Map<String, TaskGraph>> GRAPHS = new WeakHashMap<>();

    private PipelineGraphs() {}

    /// The graph of a pipeline that was deployed.
    ///
    /// @throws IllegalStateException when the class path has no such pipeline
    public static TaskGraph graph(String name) {
        return graph(name, loader());
    }

    private static TaskGraph graph(String name, ClassLoader loader) {
        synchronized (GRAPHS) {
            return GRAPHS.computeIfAbsent(loader, any -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            name,
                            any -> CheckedGraph.ofCompiled(pipeline(name, loader))
                                    .orThrow());
        }
    }

    private static Pipeline pipeline(String name, ClassLoader loader) {
        var found = PipelineSearch.in(List.of(loader));
        for (var pipeline : found) {
            if (pipeline.name().equals(name)) {
                return pipeline;
            }
        }
        throw new IllegalStateException("the class path has no pipeline \"" + name + "\"; it has "
                + found.stream().map(Pipeline::name).toList()
                + ". Pipelines are entered in META-INF/services/dev.baton.task.PipelineProvider");
    }

    private static ClassLoader loader() {
        @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? PipelineGraphs.class.getClassLoader() : context;
    }
}
