package dev.baton.lambda.internal.task;

import dev.baton.task.ServiceTask;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the output of a task is made, and of what besides its code, parameters and inputs.
interface Making {

    /// Writes the output of an attempt.
    void make(SessionRun run) throws Exception;

    /// What else the output depends on: part of the fingerprint, and kept in the completion record.
    default Map<String, String> configuration() {
        return Map.of();
    }

    /// What the completion record tells besides.
    default Map<String, @Nullable Object> further() {
        return Map.of();
    }

    /// As the task's author says.
    static Making of(Work work) {
        if (work.task() instanceof ServiceTask task) {
            return run -> task.answered(
                    work.invocation()
                            .answer()
                            .orElseThrow(() -> new IllegalStateException(task
                                    + " was complete before its service was to be called, and is not any more; run again")),
                    run);
        }
        return run -> work.task().run(run);
    }
}
