package dev.baton.task;

import java.util.List;

/// A requirement that the parameters make superfluous: it holds its place in the shape of the graph.
///
/// @param task what would have been required
public record Unneeded(Task task) implements Task {

    public Unneeded {
        if (task instanceof Unneeded inner) {
            task = inner.task();
        }
    }

    /// The task itself, whether or not it is needed.
    public static Task unwrap(Task required) {
        return required instanceof Unneeded unneeded ? unneeded.task() : required;
    }

    @Override
    public List<? extends Task> requires() {
        return task.requires();
    }

    @Override
    public Target output() {
        return task.output();
    }

    @Override
    public void run(TaskRun run) {
        throw new IllegalStateException(task + " is not needed for these parameters");
    }

    /// Needed or not is decided by the last word.
    @Override
    public Task onlyIf(boolean needed) {
        return needed ? task : this;
    }
}
