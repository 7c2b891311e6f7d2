package dev.baton.engine.inspect;

import dev.baton.asl.QueryLanguage;
import dev.baton.asl.TaskState;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.JsonataValue;
import dev.baton.engine.internal.query.TextField;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskResource;
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

    private final StateTest trial;
    private final FieldScope.Surroundings here;
    private final TaskState task;
    private final QueryLanguage language;
    private @Nullable StateTestExchange exchange;

    StateTestTask(StateTest trial, FieldScope.Surroundings here, TaskState task, QueryLanguage language) {
        this.trial = trial;
        this.here = here;
        this.task = task;
        this.language = language;
    }

    /// The task's result.
    ///
    /// @throws StateFailure when it failed
    @Nullable
    Object call(TaskHandler tasks, @Nullable Object effective, @Nullable Object arguments) {
        var at = new FieldScope(here, effective);
        var credentials = task.credentials();
        var role = credentials == null ? null : TextField.of(credentials.roleArn(), "Credentials/RoleArn");
        var invocation = new TaskStateInvocation(
                "",
                trial.name(),
                resource(at),
                arguments,
                role == null ? null : role.evaluate(at),
                trial.roleArn(),
                "",
                trial.context(),
                null,
                null,
                0,
                0,
                List.of());
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

    /// What an HTTP task exchanged, or null.
    @Nullable
    StateTestExchange exchange() {
        return exchange;
    }

    private TaskResource resource(FieldScope at) {
        var text = language == QueryLanguage.JSONATA && JsonataValue.isExpression(task.resource())
                ? String.valueOf(JsonataValue.of(task.resource(), "Resource").evaluate(at))
                : task.resource();
        var resource = TaskResource.parse(text);
        if (resource == null) {
            throw StateFailure.runtime("The resource '" + text + "' is none that a Task can call");
        }
        return resource;
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

        /// What a callback or a job would complete later, a test does not wait for.
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
