package dev.baton.engine.internal.run;

import dev.baton.engine.Execution;
import dev.baton.engine.ExecutionRequest;
import dev.baton.engine.ExecutionStatus;
import dev.baton.engine.ExecutionType;
import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.ExecutionFacts;
import dev.baton.engine.internal.query.Variables;
import dev.baton.engine.time.Scheduler.Alarm;
import dev.baton.jsonata.EvaluationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A running or closed execution. One thread at a time drives it, through its mailbox; anybody may look at it.
public final class Run implements Execution, Strand.Owner {
    /// How long an EXPRESS execution may last.
    private static final Duration EXPRESS_LIMIT = Duration.ofMinutes(5);

    private final ExecutionRequest request;
    private final Services services;
    private final @Nullable Map<String, @Nullable Object> mapItem;
    private final @Nullable String mapRunArn;
    private final Consumer<Run> whenClosed;
    private final Mailbox mailbox;
    private final EventLog log = new EventLog();
    private final ArrayDeque<Strand> ready = new ArrayDeque<>(2);
    private final RandomGenerator random;
    private final EvaluationContext jsonata;
    private final Instant startDate;
    private final ExecutionFacts facts;
    private @Nullable Strand root;
    private @Nullable Alarm deadline;

    private volatile Standing standing = Standing.RUNNING;
    private volatile CompletableFuture<Execution> closed = new CompletableFuture<>();
    private volatile int redriveCount;
    private volatile @Nullable Instant redriveDate;

    /// @param mapItem the item that a child of a Map Run runs for, which its context object shows, or null
    /// @param mapRunArn the Map Run whose child this is, or null
    /// @param whenClosed is told of the end, by the thread that drives this run
    public Run(
            ExecutionRequest request,
            Services services,
            @Nullable Map<String, @Nullable Object> mapItem,
            @Nullable String mapRunArn,
            Consumer<Run> whenClosed) {
        this.mapItem = mapItem;
        this.request = request;
        this.services = services;
        this.mapRunArn = mapRunArn;
        this.whenClosed = whenClosed;
        this.mailbox = new Mailbox(services.scheduler());
        this.random = Seeds.generator(services.seeds().next());
        this.jsonata = new EvaluationContext(services.scheduler()::now, random);
        this.startDate = services.scheduler().now();
        this.facts = new ExecutionFacts(request, startDate);
    }

    /// The item that a child of a Map Run runs for, or null.
    public @Nullable Map<String, @Nullable Object> mapItem() {
        return mapItem;
    }

    /// Lets the execution begin.
    public void start() {
        post(this::begin);
    }

    private void begin() {
        if (status().isClosed()) {
            return;
        }
        statusChanged();
        record(
                0,
                EventType.ExecutionStarted,
                new EventDetails.ExecutionStarted(
                        request.input(),
                        request.roleArn(),
                        request.stateMachineVersionArn(),
                        request.stateMachineAliasArn()));
        setDeadline();
        var first = new Strand(
                this,
                this,
                0,
                request.machine().graph(),
                new ContextObject(facts, mapItem),
                new Variables(null),
                List.of(),
                request.input(),
                0);
        root = first;
        ready(first);
    }

    private void setDeadline() {
        var limit = request.machine().timeout();
        if (request.type() == ExecutionType.EXPRESS && (limit == null || limit.compareTo(EXPRESS_LIMIT) > 0)) {
            limit = EXPRESS_LIMIT;
        }
        if (limit != null) {
            deadline = alarm(limit, this::timeOut);
        }
    }

    /// Runs the work when nothing else of this execution runs, and then whatever became ready by it.
    public void post(Runnable work) {
        mailbox.post(() -> {
            try {
                work.run();
                advance();
            } catch (HistoryFullException e) {
                giveUp(e.getMessage());
            } catch (RuntimeException e) {
                // A defect of the engine or of something plugged into it must not leave the execution hanging.
                giveUp("The execution could not go on: " + e);
            }
        });
    }

    private void giveUp(@Nullable String cause) {
        if (!isClosed()) {
            if (root != null) {
                root.cancel();
            }
            close(ExecutionStatus.FAILED, EventType.ExecutionFailed, ErrorNames.RUNTIME, cause, null, log.size());
        }
    }

    private void advance() {
        for (var strand = ready.poll(); strand != null; strand = ready.poll()) {
            strand.advance();
        }
    }

    public void ready(Strand strand) {
        ready.add(strand);
    }

    /// Adds an event to the history.
    int record(int previousId, EventType type, EventDetails details) {
        if (log.size() >= limit() - 1) {
            throw new HistoryFullException();
        }
        return add(previousId, type, details);
    }

    /// Adds an event that is no state's own, such as those of an iteration.
    public int recordAfter(int previousId, EventType type, EventDetails details) {
        return record(previousId, type, details);
    }

    private int limit() {
        return request.type() == ExecutionType.EXPRESS ? EventLog.EXPRESS_LIMIT : EventLog.LIMIT;
    }

    private int add(int previousId, EventType type, EventDetails details) {
        var event = log.add(previousId, millis(), type, details);
        var listener = services.listener();
        if (listener != null) {
            listener.recorded(this, event);
        }
        return event.id();
    }

    public long millis() {
        return services.scheduler().now().toEpochMilli();
    }

    /// A new task token, unlike every other.
    public String taskToken() {
        return services.seeds().token();
    }

    public RandomGenerator random() {
        return random;
    }

    EvaluationContext jsonata() {
        return jsonata;
    }

    public Services services() {
        return services;
    }

    /// Wakes this execution after a while.
    public Alarm alarm(Duration delay, Runnable work) {
        return at(services.scheduler().now().plus(delay), work);
    }

    /// Wakes this execution at a moment; an alarm that rings while it is being cancelled does nothing.
    public Alarm at(Instant moment, Runnable work) {
        var wake = new Wake(work);
        var alarm = services.scheduler().at(moment, () -> post(wake));
        return () -> {
            wake.cancel();
            alarm.cancel();
        };
    }

    @Override
    public void succeeded(Strand strand, @Nullable Object output) {
        if (!isClosed()) {
            close(ExecutionStatus.SUCCEEDED, EventType.ExecutionSucceeded, null, null, output, strand.lastEventId());
        }
    }

    @Override
    public void failed(Strand strand, @Nullable String error, @Nullable String cause) {
        failAtOnce(strand, error, cause);
    }

    /// Fails the execution whatever else is under way.
    void failAtOnce(Strand strand, @Nullable String error, @Nullable String cause) {
        if (isClosed()) {
            return;
        }
        var first = root;
        if (first != null) {
            first.cancel();
        }
        close(ExecutionStatus.FAILED, EventType.ExecutionFailed, error, cause, null, strand.lastEventId());
    }

    private void timeOut() {
        end(ExecutionStatus.TIMED_OUT, EventType.ExecutionTimedOut, null, null);
    }

    /// Ends the execution from outside.
    public void stop(@Nullable String error, @Nullable String cause) {
        post(() -> end(ExecutionStatus.ABORTED, EventType.ExecutionAborted, error, cause));
    }

    private void end(ExecutionStatus status, EventType type, @Nullable String error, @Nullable String cause) {
        if (isClosed()) {
            return;
        }
        var first = root;
        if (first != null) {
            first.abort();
        }
        close(status, type, error, cause, null, first == null ? 0 : first.lastEventId());
    }

    private void close(
            ExecutionStatus status,
            EventType type,
            @Nullable String error,
            @Nullable String cause,
            @Nullable Object output,
            int previousId) {
        ready.clear();
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        var details = status == ExecutionStatus.SUCCEEDED
                ? new EventDetails.Output(output)
                : new EventDetails.Failure(error, cause);
        add(previousId, type, details);
        standing =
                new Standing(status, output, error, cause, services.scheduler().now());
        if (status == ExecutionStatus.SUCCEEDED) {
            // Nothing of it runs again, so that only request and history stay in memory.
            root = null;
        }
        statusChanged();
        closed.complete(this);
        whenClosed.accept(this);
    }

    private void statusChanged() {
        var listener = services.listener();
        if (listener != null) {
            listener.statusChanged(this);
        }
    }

    /// Runs on from where the execution failed.
    ///
    /// @throws IllegalStateException when that cannot be
    public synchronized void redrive() {
        var failed = root;
        if (failed == null || !isRedrivable()) {
            throw new IllegalStateException("the execution " + arn() + " is " + status() + " with " + log.size()
                    + " events and cannot be redriven");
        }
        var now = services.scheduler().now();
        closed = new CompletableFuture<>();
        redriveCount++;
        redriveDate = now;
        standing = Standing.RUNNING;
        post(() -> {
            facts.redriven(redriveCount, now);
            statusChanged();
            var id = record(log.size(), EventType.ExecutionRedriven, new EventDetails.ExecutionRedriven(redriveCount));
            setDeadline();
            failed.redrive(id);
        });
    }

    /// Whether it closed without success, has run at all, and has room for more events.
    public boolean isRedrivable() {
        return isClosed() && status() != ExecutionStatus.SUCCEEDED && root != null && log.size() < EventLog.LIMIT - 1;
    }

    private boolean isClosed() {
        return standing.status().isClosed();
    }

    @Override
    public ExecutionRequest request() {
        return request;
    }

    @Override
    public ExecutionStatus status() {
        return standing.status();
    }

    @Override
    public @Nullable Object output() {
        return standing.output();
    }

    @Override
    public @Nullable String error() {
        return standing.error();
    }

    @Override
    public @Nullable String cause() {
        return standing.cause();
    }

    @Override
    public Instant startDate() {
        return startDate;
    }

    @Override
    public @Nullable Instant stopDate() {
        return standing.stopDate();
    }

    @Override
    public int redriveCount() {
        return redriveCount;
    }

    @Override
    public @Nullable Instant redriveDate() {
        return redriveDate;
    }

    @Override
    public List<HistoryEvent> history() {
        return log.snapshot();
    }

    @Override
    public @Nullable String mapRunArn() {
        return mapRunArn;
    }

    @Override
    public CompletionStage<Execution> closed() {
        return closed.minimalCompletionStage();
    }
}
