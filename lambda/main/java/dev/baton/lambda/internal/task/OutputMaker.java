package dev.baton.lambda.internal.task;

import dev.baton.task.ServiceTask;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The maker of a task's output: how it is made, and of what besides its code, parameters and inputs.
interface OutputMaker {

    /// Writes the output of an attempt.
    void make(LambdaTaskRun run) throws Exception;

    /// Whether somebody else writes the output, before this is asked to make it.
    default boolean isElsewhere() {
        return false;
    }

    /// What else the output depends on: part of the fingerprint, and kept in the completion record.
    default Map<String, String> configuration() {
        return Map.of();
    }

    /// What the completion record tells besides.
    default Map<String, @Nullable Object> further() {
        return Map.of();
    }

    /// As the task's author says.
    static OutputMaker of(ResolvedTask work) {
        if (work.task() instanceof ServiceTask task) {
            return new OfService(work, task);
        }
        return run -> work.task().run(run);
    }

    /// By a service, whose answer the task takes.
    record OfService(ResolvedTask work, ServiceTask task) implements OutputMaker {
        @Override
        public void make(LambdaTaskRun run) throws Exception {
            task.answered(
                    work.invocation()
                            .answer()
                            .orElseThrow(
                                    () -> new IllegalStateException(
                                            task
                                                    + " was complete before its service was to be called, and is not any more; run again")),
                    run);
        }

        @Override
        public boolean isElsewhere() {
            return task.isWrittenByService();
        }
    }
}
