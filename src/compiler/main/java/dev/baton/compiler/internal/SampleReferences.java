package dev.baton.compiler.internal;

import dev.baton.graph.TaskNode;
import dev.baton.task.ServiceTask;
import dev.baton.task.Task;
import dev.baton.task.Undeclared;
import dev.baton.task.Unneeded;
import dev.baton.task.service.References;
import dev.baton.task.service.ServiceCall;
import java.util.List;

/// The references of a sample, what a task is told that is asked for its call before there is a run: logical addresses,
/// and no versions.
public record SampleReferences(Task task) implements References {
    private static final String NONE = "0".repeat(40);

    /// The calls that a node's samples make.
    public static List<ServiceCall> calls(TaskNode node) {
        return node.samples().stream()
                .map(Unneeded::unwrap)
                .filter(ServiceTask.class::isInstance)
                .map(ServiceTask.class::cast)
                .map(task -> task.call(new SampleReferences(task)))
                .toList();
    }

    @Override
    public Reference input(Task required) {
        if (!task.requires().contains(required)) {
            throw Undeclared.input(task, required);
        }
        return new Reference(required.output().uri(), "version");
    }

    @Override
    public String real(String uri) {
        return uri;
    }

    @Override
    public String token() {
        return NONE;
    }
}
