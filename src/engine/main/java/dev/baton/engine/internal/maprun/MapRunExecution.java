package dev.baton.engine.internal.maprun;

import dev.baton.asl.StateMachineType;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.MapRun;
import dev.baton.engine.execution.MapRunAccess;
import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.execute.Inbox;
import dev.baton.engine.internal.execute.LiveExecution;
import dev.baton.engine.internal.execute.PendingWork;
import dev.baton.engine.internal.execute.Recipient;
import dev.baton.engine.internal.execute.StateThread;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.map.FailureTolerance;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.prepare.MapRunPlan;
import dev.baton.engine.internal.prepare.StateRunner.MapRunStart;
import dev.baton.engine.journal.Message.ToMapRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A Map Run: the child executions of a distributed Map state, from its start to its result.
///
/// Children are executions of their own and run when they like; what they end in is posted to the parent's run, whose
/// thread alone changes this. Others may look at it meanwhile.
public final class MapRunExecution implements MapRun, PendingWork, Recipient<ToMapRun> {
    /// The bound on the children that run at the same time where the definition sets none.
    private static final int MOST_AT_ONCE = 10_000;

    private final StateThread parent;
    private final Inbox inbox;
    private final int number;
    private final MapRunPlan plan;
    private final MapRunNames names;
    private final Instant startDate;
    private final ChildExecutions children;
    private final ItemQueue queue;
    private final EarlyResults early;
    /// Null where the items are the state's own.
    private final @Nullable ItemSupply supply;
    private boolean reading;
    private boolean completing;
    private boolean over;
    /// The number of things begun outside of the run, so that what is begun again is known from what was.
    private int asked;
    private int answered;

    private volatile ExecutionStatus status = ExecutionStatus.RUNNING;
    private volatile @Nullable Instant stopDate;
    private volatile long maxConcurrency;
    private volatile FailureTolerance tolerance;
    private volatile int redriveCount;
    private volatile @Nullable Instant redriveDate;

    private MapRunExecution(StateThread parent, MapRunPlan plan, MapRunStart start) {
        this.parent = parent;
        this.inbox = parent.run().inbox();
        this.plan = plan;
        this.maxConcurrency = start.maxConcurrency();
        this.tolerance = start.tolerance();
        this.startDate = inbox.now();
        this.names = MapRunNames.draw(parent.run(), plan);
        this.number = inbox.nextSource(this);
        this.children = new ChildExecutions(parent.run().services().mapRunBytes());
        this.queue = new ItemQueue(plan, start.at());
        this.early = new EarlyResults(plan, start.at(), parent.roleArn(), arn());
        this.supply = start.source() == null
                ? null
                : new ItemSupply(start.source(), parent.run().services().reader());
    }

    @Override
    public int number() {
        return number;
    }

    /// Starts a Map Run over items that are in the state's data, or must be read first.
    public static void start(StateThread parent, MapRunPlan plan, MapRunStart start) {
        var run = new MapRunExecution(parent, plan, start);
        run.announce();
        if (run.supply == null) {
            run.begin(start.items());
        } else {
            run.read();
        }
    }

    /// A Map Run that may not start its children is not started: a redrive starts it for the first time.
    private void announce() {
        var refusal = refusal(MapRunAccess.Action.START);
        if (refusal != null) {
            throw refusal;
        }
        parent.run().services().registry().add(this);
        parent.record(EventType.MapRunStarted, new EventDetails.MapRunStarted(arn()));
        parent.await(this);
    }

    private @Nullable StateFailure refusal(MapRunAccess.Action action) {
        var run = parent.run();
        var refused = (List<?>) inbox.drawn(() -> {
            var refusal = run.services().mapRuns().refusal(action, run.request(), names.machineArn());
            return refusal == null ? List.of() : List.of(refusal.error(), refusal.cause());
        });
        return refused.isEmpty()
                ? null
                : StateFailure.reported(String.valueOf(refused.get(0)), String.valueOf(refused.get(1)));
    }

    private void stopRunning() {
        if (refusal(MapRunAccess.Action.STOP) == null) {
            children.stopRunning();
        }
    }

    /// Asks for more items.
    private void read() {
        var from = Objects.requireNonNull(supply);
        var before = queue.read();
        reading = true;
        ask(() -> post(from.next(before)));
    }

    /// Reads or writes where that may block.
    private void ask(Runnable work) {
        var question = ++asked;
        inbox.launch(() -> {
            if (!over && question > answered) {
                parent.run().services().blocking().execute(work);
            }
        });
    }

    private void post(ToMapRun message) {
        inbox.post(this, message);
    }

    private void postFailure(@Nullable String error, @Nullable String cause) {
        post(new ToMapRun.Failed(error, cause));
    }

    @Override
    public void take(ToMapRun message) {
        if (over) {
            return;
        }
        switch (message) {
            case ToMapRun.ItemsRead(Map<?, ?> items) -> {
                answered = asked;
                reading = false;
                begin(MapItems.ofJson(items));
            }
            case ToMapRun.Failed(String error, String cause) -> fail(error, cause);
            case ToMapRun.ChildClosed(String executionArn) -> childClosed(executionArn);
            case ToMapRun.PartWritten(int part) -> written(part);
            case ToMapRun.ResultsWritten(Map<?, ?> result) -> succeed(result);
            case ToMapRun.Update bounds -> update(bounds);
        }
    }

    private void begin(MapItems read) {
        try {
            queue.add(read);
            startMore();
            failWhereTooManyFailed();
        } catch (StateFailure failure) {
            failed(failure);
        }
    }

    private void startMore() {
        var most = maxConcurrency <= 0 ? MOST_AT_ONCE : Math.min(maxConcurrency, MOST_AT_ONCE);
        expect();
        while (!over && children.running() < most && !queue.isEmpty()) {
            startChild();
        }
        if (!over && queue.isLow() && !reading) {
            read();
        }
        if (!over && queue.isWhole() && children.allClosed()) {
            complete();
        }
    }

    private void expect() {
        children.expect(queue.read(), (long) children.started() + queue.children());
    }

    private void startChild() {
        var next = queue.next(children.started());
        if (PayloadLimit.exceeds(next.input())) {
            throw StateFailure.tooLarge(plan.name());
        }
        children.add(start(next.input(), next.shown()), next.items());
        queue.remove();
    }

    /// The child tells its end by its own thread.
    private LiveExecution start(@Nullable Object input, @Nullable Map<String, @Nullable Object> item) {
        var run = parent.run();
        return run.child(
                names.child(run, plan, input), item, arn(), closed -> post(new ToMapRun.ChildClosed(closed.arn())));
    }

    private void childClosed(String childArn) {
        var child = parent.run().services().registry().run(childArn);
        if (child == null || !children.closed(child)) {
            return;
        }
        if (failWhereTooManyFailed()) {
            return;
        }
        try {
            forget();
            startMore();
        } catch (StateFailure failure) {
            failed(failure);
        }
    }

    private boolean failWhereTooManyFailed() {
        var tooMany = !over && tolerance.isExceeded(children.failedItems(), children.items(), queue.isWhole());
        if (tooMany) {
            fail(
                    ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                    "The specified tolerated failure threshold was exceeded");
        }
        return tooMany;
    }

    /// Lets go of children that succeeded, and of their results, where there are too many.
    private void forget() {
        for (var child = children.forget(); child != null; child = children.forget()) {
            var part = early.take(child.index(), child.run());
            if (part != null) {
                write(part);
            }
            parent.run().services().registry().forget(child.run());
        }
    }

    private void write(ResultFiles.Part part) {
        var files = Objects.requireNonNull(early.filesSoFar());
        var services = parent.run().services();
        inbox.launch(() -> {
            if (!over && !part.isWritten()) {
                services.blocking().execute(() -> post(files.write(services.writer(), part)));
            }
        });
    }

    private void written(int part) {
        var files = early.filesSoFar();
        if (files != null) {
            files.written(part);
            startMore();
        }
    }

    private void complete() {
        if (completing) {
            return;
        }
        try {
            var writing = early.writing();
            if (writing != null && writing.exports()) {
                write(early.files(writing));
            } else {
                succeed(early.isTooLong() ? null : early.merged(children));
            }
        } catch (StateFailure failure) {
            failed(failure);
        }
    }

    /// Writes the last files, once those are written that were full before.
    private void write(ResultFiles files) {
        if (!files.unwritten().isEmpty()) {
            return;
        }
        completing = true;
        var writer = parent.run().services().writer();
        var known = executions();
        ask(() -> post(files.finish(writer, known)));
    }

    /// @param result null where it is more than a state's result may hold
    private void succeed(@Nullable Object result) {
        end(ExecutionStatus.SUCCEEDED);
        parent.record(EventType.MapRunSucceeded, EventDetails.None.NONE);
        parent.run().record(parent.lastEventId(), EventType.MapStateSucceeded, EventDetails.None.NONE);
        if (result == null) {
            parent.resumeFailed(StateFailure.tooLarge(plan.name()));
        } else {
            parent.resume(result);
        }
    }

    private void fail(@Nullable String error, @Nullable String cause) {
        failed(StateFailure.reported(error, cause));
    }

    private void failed(StateFailure failure) {
        end(ExecutionStatus.FAILED);
        stopRunning();
        if (!failure.isFatal()) {
            parent.record(
                    EventType.MapRunFailed, new EventDetails.Failure(failure.error(), failure.cause(plan.name(), 0)));
        }
        parent.resumeFailed(failure);
    }

    private void end(ExecutionStatus how) {
        over = true;
        status = how;
        stopDate = inbox.now();
        answered = asked;
        reading = false;
        completing = false;
        if (supply != null) {
            supply.end();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            end(ExecutionStatus.ABORTED);
            stopRunning();
        }
    }

    @Override
    public void abort() {
        if (!over) {
            cancel();
            parent.record(EventType.MapRunAborted, EventDetails.None.NONE);
        }
    }

    /// Children that succeeded keep their outputs; the others run on or, if they are EXPRESS, again.
    @Override
    public boolean redrive() {
        if (status == ExecutionStatus.SUCCEEDED) {
            return false;
        }
        over = false;
        status = ExecutionStatus.RUNNING;
        stopDate = null;
        redriveCount++;
        redriveDate = inbox.now();
        parent.record(EventType.MapRunRedriven, new EventDetails.MapRunRedriven(arn(), redriveCount));
        if (!queue.hasBegun()) {
            // What failed was the reading; the state begins anew.
            over = true;
            return false;
        }
        var refusal = refusal(MapRunAccess.Action.REDRIVE);
        if (refusal != null) {
            postFailure(refusal.error(), refusal.cause(plan.name(), 0));
            return true;
        }
        children.redrive(this::again);
        var files = early.filesSoFar();
        if (files != null) {
            files.unwritten().forEach(this::write);
        }
        startMore();
        return true;
    }

    private LiveExecution again(LiveExecution failed) {
        // Asked once for all times: a child may be about to be stopped at this moment.
        var isRedrivable = inbox.drawn(failed::isRedrivable);
        if (plan.type() == StateMachineType.STANDARD && Boolean.TRUE.equals(isRedrivable)) {
            failed.redrive(inbox.now());
            return failed;
        }
        return start(failed.request().input(), failed.mapItem());
    }

    @Override
    public String arn() {
        return names.mapRunArn();
    }

    @Override
    public String executionArn() {
        return parent.run().arn();
    }

    @Override
    public ExecutionStatus status() {
        return status;
    }

    @Override
    public Instant startDate() {
        return startDate;
    }

    @Override
    public @Nullable Instant stopDate() {
        return stopDate;
    }

    @Override
    public int maxConcurrency() {
        return (int) Math.min(Integer.MAX_VALUE, maxConcurrency);
    }

    @Override
    public double toleratedFailurePercentage() {
        return tolerance.percentageOrZero();
    }

    @Override
    public long toleratedFailureCount() {
        return tolerance.countOrZero();
    }

    @Override
    public void update(@Nullable Integer concurrency, @Nullable Double percentage, @Nullable Long count) {
        post(new ToMapRun.Update(concurrency == null ? null : (Long) concurrency.longValue(), percentage, count));
    }

    private void update(ToMapRun.Update bounds) {
        if (bounds.maxConcurrency() != null) {
            maxConcurrency = bounds.maxConcurrency();
        }
        tolerance = new FailureTolerance(
                bounds.toleratedFailureCount() == null ? tolerance.count() : bounds.toleratedFailureCount(),
                bounds.toleratedFailurePercentage() == null
                        ? tolerance.percentage()
                        : bounds.toleratedFailurePercentage());
        startMore();
    }

    @Override
    public Counts itemCounts() {
        return children.itemCounts(plan.writing() != null && plan.writing().exports() && over);
    }

    @Override
    public Counts executionCounts() {
        return children.executionCounts(plan.writing() != null && plan.writing().exports() && over);
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
    public List<Execution> executions() {
        return children.all();
    }
}
