package dev.baton.cli.openlineage;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.graph.CheckedGraph;
import dev.baton.graph.Declarations;
import dev.baton.graph.TaskGraph;
import dev.baton.run.TaskInvocation;
import dev.baton.task.InvalidInput;
import dev.baton.task.Pipeline;
import dev.baton.task.Task;
import dev.baton.task.Unneeded;
import dev.baton.task.parameter.Parameters;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the code that is here knows of tasks. Where it knows nothing of one, or is of another version, less is told.
public final class KnownTasks {
    private final Map<String, TaskGraph> graphs = new HashMap<>();
    private final Map<String, Class<?>> types = new HashMap<>();
    private final Map<String, Declarations> declarations = new HashMap<>();

    public KnownTasks(Collection<Pipeline> pipelines) {
        for (var pipeline : pipelines) {
            CheckedGraph.of(pipeline).graph().ifPresent(graph -> {
                graphs.put(pipeline.name(), graph);
                graph.nodes().forEach(node -> {
                    add(node.taskClass(), node.declarations());
                    node.items().ifPresent(items -> add(items.itemClass(), items.declarations()));
                });
            });
        }
    }

    private void add(Class<?> type, Declarations declared) {
        types.put(type.getName(), type);
        declarations.put(type.getName(), declared);
    }

    /// A task, by its class and its parameters.
    ///
    /// @param type the full name of the class
    record Identity(String type, Map<String, String> parameters) {}

    /// The task that an invocation is for.
    Optional<Identity> of(TaskInvocation invocation) {
        var graph = graphs.get(invocation.run().pipeline());
        var node = graph == null ? null : graph.node(invocation.node()).orElse(null);
        if (graph == null || node == null) {
            return Optional.empty();
        }
        if (invocation.item().isPresent()) {
            return node.items()
                    .map(items -> new Identity(
                            items.itemClass().getName(), invocation.item().get()));
        }
        try {
            Task task = Unneeded.unwrap(
                    graph.instance(invocation.run().parameters()).task(node));
            return Optional.of(new Identity(
                    task.getClass().getName(), Parameters.of(task.getClass()).print(task)));
        } catch (InvalidInput | DiagnosticException e) {
            return Optional.empty();
        }
    }

    /// What the class of a task declares.
    Optional<Declarations> declared(String type) {
        return Optional.ofNullable(declarations.get(type));
    }

    /// The class of a task.
    Optional<Class<?>> type(String type) {
        return Optional.ofNullable(types.get(type));
    }
}
