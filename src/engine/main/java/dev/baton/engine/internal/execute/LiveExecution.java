package dev.baton.engine.internal.execute;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.ExecutionType;
import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.Variables;
import dev.baton.engine.journal.JournalEntry;
import dev.baton.engine.journal.Message.ToExecution;
import dev.baton.engine.time.Scheduler.Alarm;
import dev.baton.jsonata.evaluation.EvaluationContext;
import dev.baton.jsonata.evaluation.EvaluationStoppedException;
import dev.baton.jsonata.evaluation.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A running or closed execution. One thread at a time drives it, through its mailbox; anybody may look at it.
public final class LiveExecution implements Execution, StateThread.Owner, Recipient<ToExecution> {
    /// The bound on the duration of an EXPRESS execution.
    private static final Duration EXPRESS_LIMIT = Duration.ofMinutes(5);

    private final ExecutionRequest request;
    private final Services services;
    private final @Nullable Map<String, @Nullable Object> mapItem;
    private final @Nullable String mapRunArn;
    private final Consumer<LiveExecution> whenClosed;
    private final Inbox inbox;
    private final EventLog log = new EventLog();
    private final ArrayDeque<StateThread> ready = new ArrayDeque<>(2);
    private final RandomGenerator random;
    private final EvaluationContext jsonata;
    private final Instant startDate;
    private final RequestFacts facts;
    private @Nullable StateThread root;
    private @Nullable Alarm deadline;

    /// Somebody stops it, and the message that says so is on its way: an expression that is being evaluated ends.
    private volatile boolean stopping;

    private volatile ExecutionOutcome outcome = ExecutionOutcome.RUNNING;
    private volatile CompletableFuture<Execution> closed = new CompletableFuture<>();
    private boolean ending;
    private volatile int redriveCount;
    private volatile @Nullable Instant redriveDate;

    /// @param mapItem the item that a child of a Map Run runs for, which its context object shows, or null
    /// @param mapRunArn the Map Run whose child this is, or null
    /// @param whenClosed is told of the end, by the thread that drives this run
    private LiveExecution(
            ExecutionRequest request,
            Services services,
            long seed,
            Instant startDate,
            @Nullable JournalWriter writer,
            @Nullable Map<String, @Nullable Object> mapItem,
            @Nullable String mapRunArn,
            Consumer<LiveExecution> whenClosed) {
        this.mapItem = mapItem;
        this.request = request;
        this.services = services;
        this.mapRunArn = mapRunArn;
        this.whenClosed = whenClosed;
        this.inbox = new Inbox(this, services, writer);
        this.random = RandomSeeds.generator(seed);
        this.jsonata = new EvaluationContext(inbox::now, random, Limits.DEFAULT, () -> stopping);
        this.startDate = startDate;
        this.facts = new RequestFacts(request, startDate);
    }

    /// A run that somebody starts. A STANDARD one is told to the journal, where there is one.
    public static LiveExecution start(ExecutionRequest request, Services services) {
        var seed = services.seeds().next();
        var journal = services.journal();
        if (journal == null || request.type() == ExecutionType.EXPRESS) {
            var run = new LiveExecution(
                    request, services, seed, services.scheduler().now(), null, null, null, closed -> {});
            services.registry().add(run);
            run.start();
            return run;
        }
        var now = Instant.ofEpochMilli(services.scheduler().now().toEpochMilli());
        var arn = request.executionArn();
        var writer = new JournalWriter(journal, arn, arn, null);
        var run = new LiveExecution(request, services, seed, now, writer, null, null, closed -> {});
        services.registry().add(run);
        writer.append(new JournalEntry.Began(request, seed, now));
        run.start();
        return run;
    }

    /// A run that is made again from what the journal tells of it.
    static LiveExecution again(JournalEntry.Began began, Services services, JournalWriter writer) {
        var run = new LiveExecution(
                began.request(), services, began.seed(), began.startDate(), writer, null, null, closed -> {});
        services.registry().add(run);
        run.start();
        return run;
    }

    /// A run that cannot be made again, before it is closed.
    static LiveExecution settled(JournalEntry.Began began, Services services, JournalWriter writer) {
        var run = new LiveExecution(
                began.request(), services, began.seed(), began.startDate(), writer, null, null, closed -> {});
        services.registry().add(run);
        return run;
    }

    /// A child of a Map Run of this one.
    ///
    /// @param item that it runs for, which its context object shows, or null
    public LiveExecution child(
            ExecutionRequest of,
            @Nullable Map<String, @Nullable Object> item,
            String ofMapRun,
            Consumer<LiveExecution> whenItClosed) {
        var seed = ((Number) inbox.drawn(services.seeds()::next)).longValue();
        var itsWriter = inbox.writerOfChild(of.executionArn());
        var child = new LiveExecution(of, services, seed, inbox.now(), itsWriter, item, ofMapRun, whenItClosed);
        services.registry().add(child);
        child.start();
        return child;
    }

    @Override
    public int number() {
        return 0;
    }

    ExecutionOutcome outcome() {
        return outcome;
    }

    /// The item that a child of a Map Run runs for, or null.
    public @Nullable Map<String, @Nullable Object> mapItem() {
        return mapItem;
    }

    private void start() {
        inbox.post(this, new ToExecution.Begin());
    }

    @Override
    public void take(ToExecution message) {
        switch (message) {
            case ToExecution.Begin() -> begin();
            case ToExecution.Stop(String error, String cause) -> {
                stopping = false;
                end(ExecutionStatus.ABORTED, EventType.ExecutionAborted, error, cause);
            }
            case ToExecution.StopNext() -> ending = true;
            case ToExecution.Redrive(long epochMillis) -> goOn();
        }
    }

    private void begin() {
        if (status().isClosed()) {
            return;
        }
        statusChanged();
        record(0, EventType.ExecutionStarted, started());
        setDeadline();
        var first = new StateThread(
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
            deadline = inbox.alarm(limit, this::timeOut);
        }
    }

    /// Does what has come to the run, and then whatever became ready by it.
    void guarded(Runnable work) {
        try {
            work.run();
            advance();
        } catch (HistoryFullException e) {
            giveUp(e.getMessage());
        } catch (EvaluationStoppedException e) {
            // What stops it is the next message, and ends what was begun.
            ready.clear();
        } catch (RuntimeException | Error e) {
            // A defect of the engine or of something plugged into it must not leave the execution hanging.
            giveUp("The execution could not go on: " + e);
        }
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
        for (var thread = ready.poll(); thread != null; thread = ready.poll()) {
            thread.advance();
        }
    }

    public void ready(StateThread thread) {
        ready.add(thread);
    }

    /// Adds an event to the history.
    public int record(int previousId, EventType type, EventDetails details) {
        if (log.size() >= limit() - 1) {
            throw new HistoryFullException();
        }
        return add(previousId, type, details);
    }

    private int limit() {
        return request.type() == ExecutionType.EXPRESS ? EventLog.EXPRESS_LIMIT : EventLog.LIMIT;
    }

    private int add(int previousId, EventType type, EventDetails details) {
        var event = log.add(previousId, inbox.millis(), type, details);
        var listener = services.listener();
        if (listener != null && inbox.replay() == null) {
            listener.recorded(this, event);
        }
        return event.id();
    }

    /// The messages that come to it from outside.
    public Inbox inbox() {
        return inbox;
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

    @Override
    public void succeeded(StateThread thread, @Nullable Object output) {
        if (!isClosed()) {
            close(ExecutionStatus.SUCCEEDED, EventType.ExecutionSucceeded, null, null, output, thread.lastEventId());
        }
    }

    @Override
    public void failed(StateThread thread, @Nullable String error, @Nullable String cause) {
        failAtOnce(thread, error, cause);
    }

    /// Fails the execution whatever else is under way.
    void failAtOnce(StateThread thread, @Nullable String error, @Nullable String cause) {
        if (isClosed()) {
            return;
        }
        var first = root;
        if (first != null) {
            first.cancel();
        }
        close(ExecutionStatus.FAILED, EventType.ExecutionFailed, error, cause, null, thread.lastEventId());
    }

    private void timeOut() {
        end(ExecutionStatus.TIMED_OUT, EventType.ExecutionTimedOut, null, null);
    }

    /// Ends the execution from outside.
    public void stop(@Nullable String error, @Nullable String cause) {
        // What is made again evaluates all that it evaluated then.
        stopping = inbox.replay() == null;
        inbox.post(this, new ToExecution.Stop(error, cause));
    }

    /// Stops it where it would enter its next state: what waits or works meanwhile comes to its own end.
    public void stopNext() {
        inbox.post(this, new ToExecution.StopNext());
    }

    /// Ends the run in place of a transition, where it is to be stopped there.
    boolean endsHere() {
        if (ending) {
            end(ExecutionStatus.ABORTED, EventType.ExecutionAborted, null, null);
        }
        return ending;
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
        var end = new ExecutionOutcome(status, output, error, cause, inbox.now());
        // Before anybody sees that it is closed and redrives it.
        inbox.tellClosed(end, log.size());
        outcome = end;
        if (status == ExecutionStatus.SUCCEEDED) {
            // Nothing of it runs again, so that only request and history stay in memory.
            root = null;
        }
        statusChanged();
        closed.complete(this);
        whenClosed.accept(this);
    }

    /// Whether it closed as the journal says.
    boolean isAs(JournalEntry.Closed entry) {
        return entry.status() == status() && entry.events() == log.size();
    }

    /// Closes it as the journal says: it is told by its first and its last event only, and cannot be redriven.
    void settle(JournalEntry.Closed end) {
        log.add(0, startDate.toEpochMilli(), EventType.ExecutionStarted, started());
        var type = switch (end.status()) {
            case SUCCEEDED -> EventType.ExecutionSucceeded;
            case TIMED_OUT -> EventType.ExecutionTimedOut;
            case ABORTED -> EventType.ExecutionAborted;
            case FAILED, RUNNING, PENDING_REDRIVE -> EventType.ExecutionFailed;
        };
        var details = end.status() == ExecutionStatus.SUCCEEDED
                ? new EventDetails.Output(end.output())
                : new EventDetails.Failure(end.error(), end.cause());
        log.add(1, end.stopDate().toEpochMilli(), type, details);
        outcome = new ExecutionOutcome(end.status(), end.output(), end.error(), end.cause(), end.stopDate());
        closed.complete(this);
    }

    private EventDetails started() {
        return new EventDetails.ExecutionStarted(
                request.input(), request.roleArn(), request.stateMachineVersionArn(), request.stateMachineAliasArn());
    }

    private void statusChanged() {
        var listener = services.listener();
        if (listener != null && inbox.replay() == null) {
            listener.statusChanged(this);
        }
    }

    /// Runs on from where the execution failed.
    ///
    /// @throws IllegalStateException when that cannot be
    public void redrive() {
        redrive(services.scheduler().now());
    }

    /// @param now what the redrive date will be
    public synchronized void redrive(Instant now) {
        if (!isRedrivable()) {
            throw new IllegalStateException("the execution " + arn() + " is " + status() + " with " + log.size()
                    + " events and cannot be redriven");
        }
        closed = new CompletableFuture<>();
        redriveCount++;
        redriveDate = now;
        outcome = ExecutionOutcome.RUNNING;
        inbox.post(this, new ToExecution.Redrive(now.toEpochMilli()));
    }

    private void goOn() {
        var failed = Objects.requireNonNull(root);
        facts.redriven(redriveCount, Objects.requireNonNull(redriveDate));
        statusChanged();
        var id = record(log.size(), EventType.ExecutionRedriven, new EventDetails.ExecutionRedriven(redriveCount));
        setDeadline();
        failed.redrive(id);
    }

    /// Whether it closed without success, has run at all, and has room for more events.
    public boolean isRedrivable() {
        return isClosed() && status() != ExecutionStatus.SUCCEEDED && root != null && log.size() < EventLog.LIMIT - 1;
    }

    boolean isClosed() {
        return outcome.status().isClosed();
    }

    @Override
    public ExecutionRequest request() {
        return request;
    }

    @Override
    public ExecutionStatus status() {
        return outcome.status();
    }

    @Override
    public @Nullable Object output() {
        return outcome.output();
    }

    @Override
    public @Nullable String error() {
        return outcome.error();
    }

    @Override
    public @Nullable String cause() {
        return outcome.cause();
    }

    @Override
    public Instant startDate() {
        return startDate;
    }

    @Override
    public @Nullable Instant stopDate() {
        return outcome.stopDate();
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
    public int eventCount() {
        return log.size();
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
