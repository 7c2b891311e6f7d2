package dev.baton.engine.task;

import org.jspecify.annotations.Nullable;

/// Calls services for Task states: the only way from the engine to the world.
///
/// It must not block: what takes time goes to threads of the handler's own and reports through the completion.
/// An exception thrown here fails the attempt with `States.Runtime`.
@FunctionalInterface
public interface TaskHandler {

    /// Begins one attempt.
    void start(TaskStateInvocation invocation, TaskCompletion completion);

    /// Why nothing can be started there now, or null: then the attempt is not even scheduled, and the execution ends.
    default @Nullable String missing(TaskResource resource) {
        return null;
    }

    /// Why this cannot be started whatever happens, or null: as [#missing], and it follows from the invocation alone.
    default @Nullable String refused(TaskStateInvocation invocation) {
        return null;
    }

    /// Takes up an attempt that had been started in a process that ended. Whether it had any effect nobody knows, so
    /// that it fails where a handler does not know better, and what is declared to be tried again is.
    ///
    /// @see dev.baton.engine.Engine#restore
    default void resume(TaskStateInvocation invocation, TaskProgress progress, TaskCompletion completion) {
        completion.failure("States.TaskFailed", "The process that waited for the task's result ended before it came.");
    }
}
