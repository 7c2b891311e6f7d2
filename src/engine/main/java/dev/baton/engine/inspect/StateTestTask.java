package dev.baton.engine.inspect;

import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.prepare.StateRunner.TaskCall;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskStateInvocation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Really calls what a Task state calls, and waits for it.
final class StateTestTask {
    /// TestState answers within five minutes.
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final TaskStateInvocation invocation;
    private @Nullable StateTestExchange exchange;

    StateTestTask(StateTest test, TaskCall call) {
        this.invocation = new TaskStateInvocation(
                "",
                call.name(),
                call.resource(),
                call.parameters(),
                call.credentials(),
                test.roleArn(),
                call.token(),
                test.context(),
                null,
                null,
                0,
                0,
                List.of());
    }

    /// The task's result.
    ///
    /// @throws StateFailure when it failed
    @Nullable
    Object call(TaskHandler tasks) {
        var refused = tasks.refused(invocation);
        if (refused != null) {
            throw StateFailure.runtime(refused);
        }
        var completion = new Awaited();
        tasks.start(invocation, completion);
        try {
            return completion.await();
        } finally {
            exchange = completion.exchange;
        }
    }

    /// The exchange of an HTTP task, or null.
    @Nullable
    StateTestExchange exchange() {
        return exchange;
    }

    private static final class Awaited implements TaskCompletion {
        private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();
        private volatile @Nullable Runnable cancel;
        private volatile @Nullable StateTestExchange exchange;

        @Nullable
        Object await() {
            try {
                return result.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof StateFailure failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            } catch (TimeoutException e) {
                cancelled();
                throw StateFailure.timeout();
            } catch (InterruptedException e) {
                cancelled();
                Thread.currentThread().interrupt();
                throw StateFailure.timeout();
            }
        }

        private void cancelled() {
            var running = cancel;
            if (running != null) {
                running.run();
            }
        }

        @Override
        public void started(@Nullable String workerName) {}

        /// Nothing: a test does not wait for what a callback or a job would complete later.
        @Override
        public void submitted(@Nullable Object output) {
            result.complete(output);
        }

        @Override
        public void exchanged(Map<String, String> request, Map<String, String> revealed, Map<String, String> response) {
            exchange = new StateTestExchange(request, revealed, response);
        }

        @Override
        public void heartbeat() {}

        @Override
        public void success(@Nullable Object output) {
            result.complete(output);
        }

        @Override
        public void failure(@Nullable String error, @Nullable String cause) {
            result.completeExceptionally(StateFailure.reported(error, cause));
        }

        @Override
        public void onCancel(Runnable running) {
            cancel = running;
        }

        @Override
        public boolean isOver() {
            return result.isDone();
        }
    }
}
