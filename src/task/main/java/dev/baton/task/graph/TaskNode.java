package dev.baton.task.graph;

import dev.baton.task.Access;
import dev.baton.task.Task;
import java.util.List;
import java.util.Optional;

/// A task's place in the graph, whatever the parameters' values are.
public final class TaskNode {
    private final String id;
    private final Class<? extends Record> taskClass;
    private final List<Task> samples;
    private List<TaskNode> requires = List.of();
    private List<TaskNode> requiredBy = List.of();

    TaskNode(String id, Class<? extends Record> taskClass, List<Task> samples) {
        this.id = id;
        this.taskClass = taskClass;
        this.samples = List.copyOf(samples);
    }

    /// At most 80 characters, unique in the graph, and the same as long as the node's own place is: `Normals new-york`.
    public String id() {
        return id;
    }

    /// A record that implements [Task].
    public Class<? extends Record> taskClass() {
        return taskClass;
    }

    /// Whether somebody else completes it.
    public boolean external() {
        return dev.baton.task.ExternalTask.class.isAssignableFrom(taskClass);
    }

    /// Its task for each of the graph's sample roots, in their order.
    public List<Task> samples() {
        return samples;
    }

    /// The nodes that must be complete before this one runs, externals too, sorted by id.
    public List<TaskNode> requires() {
        return requires;
    }

    /// The nodes that require this one, sorted by id.
    public List<TaskNode> requiredBy() {
        return requiredBy;
    }

    /// What is declared on the task's class: the same for all nodes of a class.
    public Declarations declarations() {
        throw new UnsupportedOperationException("under construction");
    }

    /// The template of its output, bound to its class.
    public dev.baton.task.template.Template template() {
        throw new UnsupportedOperationException("under construction");
    }

    /// What it touches beyond inputs and output, for all samples together.
    public List<Access> uses() {
        throw new UnsupportedOperationException("under construction");
    }

    public String intent() {
        return declarations().intent();
    }

    public Optional<String> owner() {
        return declarations().owner();
    }
}
