package dev.baton.engine.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The report of a handler on how an attempt goes. From any thread, at any time; a report that comes after the attempt
/// ended (timed out, aborted, completed by its token) changes nothing.
public interface TaskCompletion {

    /// A worker took the work up. Only activities need to say so; all else starts when it is scheduled.
    ///
    /// @param workerName the name that the worker gave, or null
    void started(@Nullable String workerName);

    /// The service took the request; the attempt goes on until it is completed.
    /// Patterns [IntegrationPattern#SYNC], [IntegrationPattern#SYNC_2] and [IntegrationPattern#WAIT_FOR_TASK_TOKEN]
    /// only.
    ///
    /// @param output the service's answer to the request, for the history
    void submitted(@Nullable Object output);

    /// A sign of life: the heartbeat starts anew.
    void heartbeat();

    /// The attempt succeeded.
    ///
    /// @param output its result, a JSON value
    void success(@Nullable Object output);

    /// The attempt failed.
    ///
    /// @param error the error's name, such as `Lambda.TooManyRequestsException`, or null
    /// @param cause what Step Functions shows as Cause, or null
    void failure(@Nullable String error, @Nullable String cause);

    /// An HTTP task sent a request, and this is what was exchanged: for whoever tests a state.
    ///
    /// @param request as TestState's InspectionData has it, without what is secret
    /// @param revealed the same with it
    default void exchanged(Map<String, String> request, Map<String, String> revealed, Map<String, String> response) {}

    /// Sets what to do when the engine no longer wants the result: on timeout, abort and stop.
    void onCancel(Runnable cancel);

    /// Whether the engine no longer wants the result.
    boolean isOver();
}
