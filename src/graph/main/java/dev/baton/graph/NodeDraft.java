package dev.baton.graph;

import dev.baton.task.ExternalTask;
import dev.baton.task.Task;
import dev.baton.task.parameter.Parameters;
import dev.baton.task.parameter.TaskKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node while the graph is walked: its tasks across the samples, and from where it was first met.
final class NodeDraft {
    private final Task[] tasks;
    private final @Nullable NodeDraft parent;
    private final int depth;
    private final Set<NodeDraft> requires = new LinkedHashSet<>();
    private final Set<NodeDraft> conditional = new HashSet<>();
    private List<ParameterRelation> relations = List.of();

    /// @param tasks the task for each sample, all of one class
    /// @param parent where it was first met; null for the root
    NodeDraft(Task[] tasks, @Nullable NodeDraft parent) {
        this.tasks = tasks;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    Task task(int sample) {
        return tasks[sample];
    }

    List<Task> tasks() {
        return Arrays.asList(tasks);
    }

    Class<?> type() {
        return tasks[0].getClass();
    }

    boolean external() {
        return tasks[0] instanceof ExternalTask;
    }

    @Nullable
    NodeDraft parent() {
        return parent;
    }

    int depth() {
        return depth;
    }

    Set<NodeDraft> requires() {
        return requires;
    }

    /// Which of [#requires] some parameters may leave out.
    Set<NodeDraft> conditional() {
        return conditional;
    }

    List<ParameterRelation> relations() {
        return relations;
    }

    void relate(ParameterRelations relations, List<Object[]> roots) {
        var parameters = Parameters.of(type());
        var values = new ArrayList<Object[]>(tasks.length);
        for (var task : tasks) {
            values.add(parameters.values(task));
        }
        this.relations = relations.of(type(), roots, values);
    }

    boolean holds(Task[] others) {
        for (var sample = 0; sample < tasks.length; sample++) {
            if (!TaskKey.same(tasks[sample], others[sample])) {
                return false;
            }
        }
        return true;
    }
}
