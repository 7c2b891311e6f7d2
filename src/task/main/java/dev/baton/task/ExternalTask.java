package dev.baton.task;

/// A task that somebody else completes: an upload, another pipeline. It has an output and nothing to run; that its
/// object appears is what starts a pipeline.
public interface ExternalTask extends Task {

    /// Never called.
    @Override
    default void run(TaskRun run) {
        throw new IllegalStateException(this + " is completed by somebody else");
    }
}
