package dev.baton.engine.internal.map;

import dev.baton.engine.Execution;
import dev.baton.engine.ExecutionStatus;
import dev.baton.engine.ExecutionType;
import dev.baton.engine.MapRun;
import dev.baton.engine.MapRunAccess;
import dev.baton.engine.data.ObjectAccessException;
import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.Evaluation;
import dev.baton.engine.internal.run.Pending;
import dev.baton.engine.internal.run.Run;
import dev.baton.engine.internal.run.Strand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Map Run: the child executions of a distributed Map state, from its start to its result.
///
/// Children are executions of their own and run when they like; what they end in is posted to the parent's run, whose
/// thread alone changes this. Others may look at it meanwhile.
public final class DistributedRun implements MapRun, Pending {
    /// How many children run at the same time where the definition sets no bound.
    private static final int MOST_AT_ONCE = 10_000;

    private final Strand parent;
    private final MapRunPlan plan;
    private final Evaluation at;
    private final MapRunNames names;
    private final Instant startDate;
    private final Children children = new Children();
    private List<Batching.Batch> batches = List.of();
    private Items items = Items.ofState(List.of());
    private boolean over;

    private volatile ExecutionStatus status = ExecutionStatus.RUNNING;
    private volatile @Nullable Instant stopDate;
    private volatile long maxConcurrency;
    private volatile Tolerance tolerance;
    private volatile int redriveCount;
    private volatile @Nullable Instant redriveDate;

    private DistributedRun(
            Strand parent, MapRunPlan plan, Evaluation at, long maxConcurrency, Tolerance tolerance) {
        this.parent = parent;
        this.plan = plan;
        this.at = at;
        this.maxConcurrency = maxConcurrency;
        this.tolerance = tolerance;
        this.startDate = parent.run().services().scheduler().now();
        this.names = MapRunNames.draw(parent.run(), plan);
    }

    /// Starts a Map Run over items that are in the state's data.
    public static void start(
            Strand parent, MapRunPlan plan, Evaluation at, Items items, long maxConcurrency, Tolerance tolerance) {
        var run = new DistributedRun(parent, plan, at, maxConcurrency, tolerance);
        run.announce();
        run.begin(items);
    }

    /// Starts a Map Run over items that must be read first.
    public static void start(
            Strand parent,
            MapRunPlan plan,
            Evaluation at,
            ItemReading.Source source,
            long maxConcurrency,
            Tolerance tolerance) {
        var run = new DistributedRun(parent, plan, at, maxConcurrency, tolerance);
        run.announce();
        run.read(source);
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
        var refusal = parent.run().services().mapRuns().refusal(action, parent.run().request(), names.machineArn());
        return refusal == null ? null : StateFailure.reported(refusal.error(), refusal.cause());
    }

    private void stopRunning() {
        if (refusal(MapRunAccess.Action.STOP) == null) {
            children.stopRunning();
        }
    }

    private void read(ItemReading.Source from) {
        var services = parent.run().services();
        services.blocking().execute(() -> {
            try {
                var items = from.read(services.reader());
                post(() -> begin(items));
            } catch (ItemReaderException e) {
                post(() -> fail(ErrorNames.ITEM_READER_FAILED, e.getMessage()));
            } catch (ObjectAccessException e) {
                post(() -> fail(ErrorNames.ITEM_READER_FAILED, e.cause()));
            } catch (RuntimeException e) {
                post(() -> fail(ErrorNames.ITEM_READER_FAILED, String.valueOf(e)));
            }
        });
    }

    private void post(Runnable work) {
        parent.run().post(() -> {
            if (!over) {
                work.run();
            }
        });
    }

    private void begin(Items read) {
        items = read;
        try {
            if (plan.batching() == null) {
                batches = new Singles(read.values());
            } else {
                var selected = new ArrayList<@Nullable Object>(read.size());
                for (var i = 0; i < read.size(); i++) {
                    selected.add(selected(i));
                }
                batches = plan.batching().batches(at, selected);
            }
            children.expect(read.size(), batches.size());
            startMore();
        } catch (StateFailure failure) {
            failed(failure);
        }
    }

    private @Nullable Object selected(int index) {
        var context = at.surroundings().context().withItem(items.shown(index));
        return plan.selector().select(at, context, items.values().get(index));
    }

    private void startMore() {
        var most = maxConcurrency <= 0 ? MOST_AT_ONCE : Math.min(maxConcurrency, MOST_AT_ONCE);
        while (!over && children.running() < most && children.started() < batches.size()) {
            startChild(children.started());
        }
        if (!over && children.allClosed()) {
            complete();
        }
    }

    private void startChild(int index) {
        var batch = batches.get(index);
        var input = plan.batching() == null ? selected(index) : batch.input();
        if (PayloadLimit.exceeds(input)) {
            throw StateFailure.tooLarge(plan.name());
        }
        children.add(start(input, shown(index)), batch.items());
    }

    /// What a child's own context object says of its item.
    private Map<String, @Nullable Object> shown(int index) {
        if (plan.batching() == null) {
            return items.shown(index);
        }
        var shown = items.shown(children.startedItems());
        shown.remove("Key");
        shown.put("Index", (long) index);
        shown.put("Value", batches.get(index).input());
        return shown;
    }

    private Run start(@Nullable Object input, @Nullable Map<String, @Nullable Object> item) {
        var services = parent.run().services();
        var child = new Run(names.child(parent.run(), plan, input), services, item, arn(), this::childClosed);
        services.registry().add(child);
        child.start();
        return child;
    }

    /// By the thread of the child.
    private void childClosed(Run child) {
        post(() -> {
            if (!children.closed(child)) {
                return;
            }
            if (tolerance.isExceeded(children.failedItems(), children.items())) {
                fail(
                        ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                        "The specified tolerated failure threshold was exceeded");
                return;
            }
            try {
                startMore();
            } catch (StateFailure failure) {
                failed(failure);
            }
        });
    }

    private void complete() {
        if (plan.writing() == null) {
            succeed(children.outputs());
            return;
        }
        ResultWriting writing;
        try {
            writing = plan.writing().evaluated(at);
        } catch (StateFailure failure) {
            failed(failure);
            return;
        }
        if (!writing.exports()) {
            succeed(writing.results(executions()));
        } else {
            write(writing);
        }
    }

    private void write(ResultWriting writing) {
        var services = parent.run().services();
        var to = writing.destination(at, parent.run().request().roleArn());
        services.blocking().execute(() -> {
            try {
                var result = writing.write(services.writer(), to, arn(), executions());
                post(() -> succeed(result));
            } catch (ObjectAccessException e) {
                post(() -> fail(ErrorNames.RESULT_WRITER_FAILED, e.cause()));
            } catch (RuntimeException e) {
                post(() -> fail(ErrorNames.RESULT_WRITER_FAILED, String.valueOf(e)));
            }
        });
    }

    private void succeed(Object result) {
        end(ExecutionStatus.SUCCEEDED);
        parent.record(EventType.MapRunSucceeded, EventDetails.None.NONE);
        parent.run().recordAfter(parent.lastEventId(), EventType.MapStateSucceeded, EventDetails.None.NONE);
        parent.resume(result);
    }

    private void fail(String error, @Nullable String cause) {
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
        stopDate = parent.run().services().scheduler().now();
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
        redriveDate = parent.run().services().scheduler().now();
        parent.record(EventType.MapRunRedriven, new EventDetails.MapRunRedriven(arn(), redriveCount));
        if (children.started() == 0 && batches.isEmpty()) {
            // What failed was the reading; the state begins anew.
            over = true;
            return false;
        }
        var refusal = refusal(MapRunAccess.Action.REDRIVE);
        if (refusal != null) {
            post(() -> failed(refusal));
            return true;
        }
        children.redrive(this::again);
        startMore();
        return true;
    }

    private Run again(Run failed) {
        if (plan.type() == ExecutionType.STANDARD && failed.isRedrivable()) {
            failed.redrive();
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
        post(() -> {
            if (concurrency != null) {
                maxConcurrency = concurrency;
            }
            tolerance = new Tolerance(
                    count == null ? tolerance.count() : count,
                    percentage == null ? tolerance.percentage() : percentage);
            startMore();
        });
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
