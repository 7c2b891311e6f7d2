package dev.baton.graph;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds which of the tasks that a task requires is which compiled node: by class, constants and shifts, and by
/// position among what these leave equal.
final class NodeMatcher {
    private final ParameterRelations relations;

    NodeMatcher(ParameterRelations relations) {
        this.relations = relations;
    }

    /// The order in which nodes are matched: what is fully explained first, so that it is not taken by what is not.
    static List<TaskNode> order(List<TaskNode> required) {
        return required.stream()
                .sorted((one, other) -> Long.compare(
                        ParameterRelations.open(one.relations()), ParameterRelations.open(other.relations())))
                .toList();
    }

    /// The task of each required node.
    ///
    /// @param task the node's own task
    /// @param required what the task answered
    /// @param rootValues of the run
    /// @throws DiagnosticException when the shape is another (RUN010)
    Map<TaskNode, Task> match(TaskNode node, Task task, Map<Task, Boolean> required, Object[] rootValues) {
        if (required.size() != node.required().size()) {
            throw new DiagnosticException(bothAre(node, rootValues)
                    .orElseGet(() -> GraphFindings.otherShape(
                            task, required.size(), node.required().size())));
        }
        var remaining = new LinkedHashMap<TaskKey, Task>();
        for (var one : required.keySet()) {
            remaining.put(TaskKey.of(one), one);
        }
        var matched = new LinkedHashMap<TaskNode, Task>();
        for (var child : node.required()) {
            var found = take(child, remaining, rootValues);
            if (found.isEmpty()) {
                throw new DiagnosticException(GraphFindings.missingTask(task, child.id()));
            }
            matched.put(child, found.get());
        }
        return matched;
    }

    /// Two required nodes that these parameters make one task.
    private Optional<Diagnostic> bothAre(TaskNode node, Object[] rootValues) {
        var seen = new HashMap<TaskKey, TaskNode>();
        for (var child : node.required()) {
            var parameters = Parameters.of(child.taskClass());
            var expected = relations.expected(child.relations(), parameters, rootValues);
            if (expected.isPresent()) {
                var other = seen.put(new TaskKey(child.taskClass(), expected.get()), child);
                if (other != null) {
                    var task = (Task) parameters.make(expected.get());
                    return Optional.of(GraphFindings.bothAre(other.id(), child.id(), task));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Task> take(TaskNode child, Map<TaskKey, Task> remaining, Object[] rootValues) {
        var parameters = Parameters.of(child.taskClass());
        var expected = relations.expected(child.relations(), parameters, rootValues);
        if (expected.isPresent()) {
            return Optional.ofNullable(remaining.remove(new TaskKey(child.taskClass(), expected.get())));
        }
        var first = remaining.entrySet().stream()
                .filter(entry -> entry.getKey().type() == child.taskClass())
                .filter(entry -> relations.fits(child.relations(), parameters, entry.getValue(), rootValues))
                .findFirst();
        first.ifPresent(entry -> remaining.remove(entry.getKey()));
        return first.map(Map.Entry::getValue);
    }
}
