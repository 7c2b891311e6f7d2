package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Task;
import dev.baton.task.parameter.TaskKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Where parameters leave tasks of one class equal, their position decides; this makes sure that it does so at run
/// time as it did when the samples were joined.
final class OrderChecks {
    private final TaskGraph graph;
    private final Consumer<Diagnostic> report;

    OrderChecks(TaskGraph graph, Consumer<Diagnostic> report) {
        this.graph = graph;
        this.report = report;
    }

    void check() {
        for (var node : graph.met()) {
            var open = new HashMap<Class<?>, Integer>();
            var all = new HashMap<Class<?>, Integer>();
            for (var child : node.required()) {
                all.merge(child.taskClass(), 1, Integer::sum);
                if (ParameterRelations.open(child.relations()) > 0) {
                    open.merge(child.taskClass(), 1, Integer::sum);
                }
            }
            for (var type : open.keySet()) {
                if (all.getOrDefault(type, 0) > 1 && !repeats(node, type)) {
                    report.accept(GraphFindings.ambiguous(node.samples().getFirst(), type));
                }
            }
        }
    }

    private boolean repeats(TaskNode node, Class<?> type) {
        for (var sample = 0; sample < graph.sampleRoots().size(); sample++) {
            Map<TaskNode, Task> matched;
            try {
                matched = graph.matched(
                        node, node.samples().get(sample), graph.sampleRoots().get(sample));
            } catch (DiagnosticException e) {
                // Another finding has said why.
                return true;
            }
            for (var child : matched.keySet()) {
                if (child.taskClass() == type
                        && !TaskKey.same(matched.get(child), child.samples().get(sample))) {
                    return false;
                }
            }
        }
        return true;
    }
}
