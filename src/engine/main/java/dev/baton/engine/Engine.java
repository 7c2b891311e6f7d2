package dev.baton.engine;

import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectWriter;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.time.Scheduler;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs state machines. Any number of executions at once; no thread waits for any of them.
///
/// Every method may be called from any thread. Under a [dev.baton.engine.time.VirtualScheduler] nothing happens until
/// that one runs, and the same seed of the random source gives the same histories.
public final class Engine {

    private Engine(Builder builder) {}

    public static Builder builder() {
        return new Builder();
    }

    public Scheduler scheduler() {
        throw new UnsupportedOperationException("under construction");
    }

    /// Starts an execution; its first state runs on a thread of the scheduler.
    ///
    /// @throws IllegalArgumentException when an execution of that ARN is known already
    public Execution start(ExecutionRequest request) {
        throw new UnsupportedOperationException("under construction");
    }

    /// The execution of that ARN: one that was started, or a child of a Map Run.
    public Optional<Execution> execution(String executionArn) {
        throw new UnsupportedOperationException("under construction");
    }

    /// Forgets a closed execution, its history and its Map Runs.
    public void forget(String executionArn) {
        throw new UnsupportedOperationException("under construction");
    }

    /// Stops an execution: it becomes ABORTED, and its tasks are cancelled. Without effect on a closed one.
    public void stop(String executionArn, @Nullable String error, @Nullable String cause) {
        throw new UnsupportedOperationException("under construction");
    }

    /// Runs an execution that did not succeed again from where it failed (RedriveExecution).
    ///
    /// @throws IllegalStateException when it is running, succeeded, or cannot be redriven
    public Execution redrive(String executionArn) {
        throw new UnsupportedOperationException("under construction");
    }

    public Optional<MapRun> mapRun(String mapRunArn) {
        throw new UnsupportedOperationException("under construction");
    }

    /// Completes the attempt that the token names.
    ///
    /// @throws TaskTokenException when the token completes nothing
    public void sendTaskSuccess(String taskToken, @Nullable Object output) {
        throw new UnsupportedOperationException("under construction");
    }

    /// Fails the attempt that the token names.
    ///
    /// @throws TaskTokenException when the token completes nothing
    public void sendTaskFailure(String taskToken, @Nullable String error, @Nullable String cause) {
        throw new UnsupportedOperationException("under construction");
    }

    /// Starts the heartbeat of the attempt anew that the token names.
    ///
    /// @throws TaskTokenException when the token names no running attempt
    public void sendTaskHeartbeat(String taskToken) {
        throw new UnsupportedOperationException("under construction");
    }

    /// What an engine needs of the world. Without a handler every task fails; without a reader every ItemReader does.
    public static final class Builder {

        private Builder() {}

        /// Time and threads; a [dev.baton.engine.time.RealScheduler] where none is given.
        public Builder scheduler(Scheduler scheduler) {
            return this;
        }

        public Builder taskHandler(TaskHandler handler) {
            return this;
        }

        public Builder objectReader(ObjectReader reader) {
            return this;
        }

        public Builder objectWriter(ObjectWriter writer) {
            return this;
        }

        /// Where reader and writer may block; in place, where none is given.
        public Builder blocking(Executor executor) {
            return this;
        }

        /// Jitter and the random functions of both query languages.
        public Builder random(RandomGenerator random) {
            return this;
        }

        /// Makes task tokens, which must be secret: hard to guess in production, repeatable in tests.
        public Builder taskTokens(Supplier<String> tokens) {
            return this;
        }

        public Builder listener(ExecutionListener listener) {
            return this;
        }

        public Engine build() {
            return new Engine(this);
        }
    }
}
