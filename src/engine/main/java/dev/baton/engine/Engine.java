package dev.baton.engine;

import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.data.ObjectReader;
import dev.baton.engine.data.ObjectRequest;
import dev.baton.engine.data.ObjectWriter;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionListener;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.MapRun;
import dev.baton.engine.execution.MapRunAccess;
import dev.baton.engine.internal.execute.LiveExecution;
import dev.baton.engine.internal.execute.RandomSeeds;
import dev.baton.engine.internal.execute.Registry;
import dev.baton.engine.internal.execute.Restoration;
import dev.baton.engine.internal.execute.Services;
import dev.baton.engine.internal.maprun.MapRunExecution;
import dev.baton.engine.journal.Journal;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.time.RealScheduler;
import dev.baton.engine.time.Scheduler;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs state machines. Any number of executions at once; no thread waits for any of them.
///
/// Every method may be called from any thread. Under a [dev.baton.engine.time.VirtualScheduler] nothing happens until
/// that one runs, and the same seed of the random source gives the same histories.
public final class Engine {
    private final Services services;
    private final Queue<LiveExecution> restored = new ConcurrentLinkedQueue<>();

    private Engine(Services services) {
        this.services = services;
    }

    /// An engine to be given what it needs of the world.
    public static Builder builder() {
        return new Builder();
    }

    /// The clock, and the threads that do the work.
    public Scheduler scheduler() {
        return services.scheduler();
    }

    /// Starts an execution; its first state runs on a thread of the scheduler.
    ///
    /// @throws IllegalArgumentException when an execution of that ARN is known already
    public Execution start(ExecutionRequest request) {
        return LiveExecution.start(request, services);
    }

    /// Makes an execution again of which a journal tells, with the children of its Map Runs. It is as it was when the
    /// process ended that ran it; what had not closed waits for [#resume].
    ///
    /// Tasks are not started again that had been: their results are in the journal, or the handler is asked to
    /// [resume][TaskHandler#resume] them. Waits end when they would have ended, task tokens stay valid, variables,
    /// retries and what was drawn at random are what they were. If it cannot be made again, as by another release of
    /// the engine, it is closed as the journal has it, or else ABORTED.
    ///
    /// @param entries all of one root, in the order in which they were appended
    /// @throws IllegalArgumentException when an execution of that ARN is known already
    public Execution restore(List<JournalEntry> entries) {
        var runs = new Restoration(services).run(entries);
        restored.addAll(runs);
        return runs.getFirst();
    }

    /// Lets those go on that were restored.
    public void resume() {
        for (var run = restored.poll(); run != null; run = restored.poll()) {
            run.inbox().release();
        }
    }

    /// The execution of that ARN: one that was started, or a child of a Map Run.
    public Optional<Execution> execution(String executionArn) {
        return Optional.ofNullable(services.registry().run(executionArn));
    }

    /// Forgets a closed execution, its history and its Map Runs. Without effect on one that runs or is unknown.
    public void forget(String executionArn) {
        var run = services.registry().run(executionArn);
        if (run != null && run.status().isClosed()) {
            services.registry().forget(run);
            run.inbox().tellForgotten();
        }
    }

    /// Stops an execution: it becomes ABORTED, and its tasks are cancelled. Without effect on a closed one.
    ///
    /// @throws IllegalArgumentException when no execution of that ARN is known
    public void stop(String executionArn, @Nullable String error, @Nullable String cause) {
        known(executionArn).stop(error, cause);
    }

    /// Stops an execution where it would enter its next state: it becomes ABORTED then. Without effect on one that has
    /// no further state to enter.
    ///
    /// @throws IllegalArgumentException when no execution of that ARN is known
    public void stopNext(String executionArn) {
        known(executionArn).stopNext();
    }

    /// Runs an execution that did not succeed again from where it failed (RedriveExecution).
    ///
    /// @throws IllegalArgumentException when no execution of that ARN is known
    /// @throws IllegalStateException when it is running, succeeded, or has no room for more events
    public Execution redrive(String executionArn) {
        var run = known(executionArn);
        run.redrive();
        return run;
    }

    private LiveExecution known(String executionArn) {
        var run = services.registry().run(executionArn);
        if (run == null) {
            throw new IllegalArgumentException("no execution " + executionArn + " is known");
        }
        return run;
    }

    /// A Map Run of an execution that is known.
    public Optional<MapRun> mapRun(String mapRunArn) {
        return Optional.ofNullable(services.registry().mapRun(mapRunArn));
    }

    /// The Map Runs of an execution, in no order.
    public List<MapRun> mapRuns(String executionArn) {
        return services.registry().mapRuns(executionArn);
    }

    /// Completes the attempt that the token names.
    ///
    /// @throws TaskTokenException when the token completes nothing
    public void sendTaskSuccess(String taskToken, @Nullable Object output) {
        services.registry().attempt(taskToken).successByToken(output);
    }

    /// Fails the attempt that the token names.
    ///
    /// @throws TaskTokenException when the token completes nothing
    public void sendTaskFailure(String taskToken, @Nullable String error, @Nullable String cause) {
        services.registry().attempt(taskToken).failureByToken(error, cause);
    }

    /// Starts the heartbeat of the attempt anew that the token names.
    ///
    /// @throws TaskTokenException when the token names no running attempt
    public void sendTaskHeartbeat(String taskToken) {
        services.registry().attempt(taskToken).heartbeat();
    }

    /// The builder of an engine, which is given what an engine needs of the world. Without a handler every task fails;
    /// without a reader every ItemReader does.
    public static final class Builder {
        private static final int TOKEN_BYTES = 48;

        private @Nullable Scheduler scheduler;
        private TaskHandler handler = (invocation, completion) -> completion.failure(
                "States.TaskFailed",
                "No task handler for " + invocation.resource().arn());
        private ObjectReader reader = NoObjects.INSTANCE;
        private ObjectWriter writer = NoObjects.INSTANCE;
        private MapRunAccess mapRuns = MapRunAccess.UNBOUNDED;
        private long mapRunBytes = Runtime.getRuntime().maxMemory() / 24;
        private Executor blocking = Runnable::run;
        private RandomGenerator random = new SecureRandom();
        private Supplier<String> tokens = secretTokens();
        private @Nullable ExecutionListener listener;
        private @Nullable Journal journal;

        private Builder() {}

        private static Supplier<String> secretTokens() {
            var random = new SecureRandom();
            return () -> {
                var bytes = new byte[TOKEN_BYTES];
                random.nextBytes(bytes);
                return Base64.getEncoder().encodeToString(bytes);
            };
        }

        /// Time and threads; a [dev.baton.engine.time.RealScheduler] where none is given.
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        public Builder taskHandler(TaskHandler handler) {
            this.handler = handler;
            return this;
        }

        public Builder objectReader(ObjectReader reader) {
            this.reader = reader;
            return this;
        }

        public Builder objectWriter(ObjectWriter writer) {
            this.writer = writer;
            return this;
        }

        /// The one who is asked what Map Runs may do; nobody, where none is given.
        public Builder mapRunAccess(MapRunAccess access) {
            this.mapRuns = access;
            return this;
        }

        /// The bound on the memory, about, that the children of one Map Run may hold that succeeded: a part of the heap
        /// where nothing is given. Those that succeeded first are forgotten first; their results are not.
        public Builder mapRunBytes(long bytes) {
            this.mapRunBytes = bytes;
            return this;
        }

        /// The threads on which reader and writer may block; in place, where none is given.
        public Builder blocking(Executor executor) {
            this.blocking = executor;
            return this;
        }

        /// Jitter and the random functions of both query languages.
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /// Makes what follows the common beginning of task tokens. They must be secret: hard to guess in production,
        /// repeatable in tests.
        public Builder taskTokens(Supplier<String> tokens) {
            this.tokens = tokens;
            return this;
        }

        public Builder listener(ExecutionListener listener) {
            this.listener = listener;
            return this;
        }

        /// The journal that is told what it takes to [restore][Engine#restore] STANDARD executions; nobody, where none
        /// is given.
        public Builder journal(@Nullable Journal journal) {
            this.journal = journal;
            return this;
        }

        public Engine build() {
            return new Engine(new Services(
                    scheduler == null ? new RealScheduler() : scheduler,
                    handler,
                    reader,
                    writer,
                    MapRunExecution::start,
                    mapRuns,
                    mapRunBytes,
                    blocking,
                    listener,
                    journal,
                    new Registry(),
                    new RandomSeeds(random, tokens)));
        }
    }

    /// Reads and writes nothing.
    private enum NoObjects implements ObjectReader, ObjectWriter {
        INSTANCE;

        @Override
        public byte[] read(ObjectRequest request) throws ObjectAccessException {
            throw none(request);
        }

        @Override
        public List<Map<String, @Nullable Object>> list(ObjectRequest request) throws ObjectAccessException {
            throw none(request);
        }

        @Override
        public void write(ObjectRequest request, byte[] content) throws ObjectAccessException {
            throw none(request);
        }

        private static ObjectAccessException none(ObjectRequest request) {
            return new ObjectAccessException(
                    "S3.NoSuchBucketException", "The engine has no objects; asked for " + request.bucket());
        }
    }
}
