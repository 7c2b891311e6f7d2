package dev.baton.engine.task;

/// Calls services for Task states: the only way from the engine to the world.
///
/// It must not block: what takes time goes to threads of the handler's own and reports through the completion.
/// An exception thrown here fails the attempt with `States.Runtime`.
@FunctionalInterface
public interface TaskHandler {

    /// Begins one attempt.
    void start(TaskInvocation invocation, TaskCompletion completion);

    /// Takes up an attempt that had been started in a process that ended. Whether it had any effect nobody knows, so
    /// that it fails where a handler does not know better, and what is declared to be tried again is.
    ///
    /// @see dev.baton.engine.Engine#restore
    default void resume(TaskInvocation invocation, Progress progress, TaskCompletion completion) {
        completion.failure("States.TaskFailed", "The process that waited for the task's result ended before it came.");
    }
}
