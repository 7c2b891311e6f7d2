package dev.baton.engine.task;

/// Calls services for Task states: the only way from the engine to the world.
///
/// It must not block: what takes time goes to threads of the handler's own and reports through the completion.
/// An exception thrown here fails the attempt with `States.Runtime`.
@FunctionalInterface
public interface TaskHandler {

    /// Begins one attempt.
    void start(TaskInvocation invocation, TaskCompletion completion);
}
