package dev.baton.engine.internal.execute;

import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.prepare.StateRunner.Iterations;
import dev.baton.engine.internal.query.Variables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The iterations of an inline Map state while they run. An iteration exists from its start to its end only, so that a
/// long array costs no more than its items.
final class MapFork implements PendingWork, StateThread.Owner {
    /// The bound on the iterations of an inline Map that run at the same time.
    private static final int MOST_AT_ONCE = 40;

    private final StateThread parent;
    private final Iterations over;
    private final int atOnce;
    private final @Nullable Object[] outputs;
    private final Map<Integer, StateThread> active = new LinkedHashMap<>();
    private int next;
    private int done;
    private boolean failed;

    private MapFork(StateThread parent, Iterations over) {
        this.parent = parent;
        this.over = over;
        var most = over.maxConcurrency();
        this.atOnce = (int) Math.min(MOST_AT_ONCE, most <= 0 ? MOST_AT_ONCE : most);
        this.outputs = new Object[over.items().size()];
    }

    /// Starts the first iterations; the parent waits for all.
    static void start(StateThread parent, Iterations over) {
        var fork = new MapFork(parent, over);
        parent.await(fork);
        if (fork.outputs.length == 0) {
            fork.complete();
        } else {
            fork.startMore(parent.lastEventId(), parent.lastEventId());
        }
    }

    /// @param told the last event that leads on where one cannot be started: all fail then
    private void startMore(int followed, int told) {
        try {
            for (; !failed && active.size() < atOnce && next < outputs.length; next++) {
                startIteration(next, followed);
            }
        } catch (StateFailure failure) {
            stopOthers();
            parent.follow(told);
            parent.resumeFailed(failure);
        }
    }

    private void startIteration(int index, int followed) {
        var here = parent.surroundings();
        var value = over.items().get(index);
        var item = new LinkedHashMap<String, @Nullable Object>(4);
        item.put("Index", (long) index);
        item.put("Value", value);
        // As the developer guide has it under "Context object data for Map states".
        item.put("Source", "STATE_DATA");
        var context = here.context().withItem(item);
        var input = over.selection().selected(over.at(), context, value);
        if (input != value && PayloadLimit.exceeds(input)) {
            throw StateFailure.tooLarge(over.name());
        }
        var started = parent.run()
                .record(followed, EventType.MapIterationStarted, new EventDetails.MapIteration(over.name(), index));
        var thread = new StateThread(
                parent.run(),
                this,
                index,
                over.processor(),
                context,
                new Variables(here.variables()),
                nested(index),
                input,
                started);
        active.put(index, thread);
        parent.run().ready(thread);
    }

    private List<Integer> nested(int index) {
        if (parent.iterations().isEmpty()) {
            return List.of(index);
        }
        var iterations = new ArrayList<>(parent.iterations());
        iterations.add(index);
        return iterations;
    }

    @Override
    public void succeeded(StateThread iteration, @Nullable Object output) {
        var index = iteration.index();
        outputs[index] = output;
        active.remove(index);
        done++;
        var last = parent.run()
                .record(
                        iteration.lastEventId(),
                        EventType.MapIterationSucceeded,
                        new EventDetails.MapIteration(over.name(), index));
        if (done == outputs.length) {
            parent.follow(last);
            complete();
        } else {
            startMore(iteration.lastEventId(), last);
        }
    }

    private void complete() {
        parent.run().record(parent.lastEventId(), EventType.MapStateSucceeded, EventDetails.None.NONE);
        parent.resume(Arrays.asList(outputs));
    }

    /// One iteration that fails fails all.
    @Override
    public void failed(StateThread iteration, @Nullable String error, @Nullable String cause) {
        recordIteration(iteration, EventType.MapIterationFailed);
        stopOthers();
        parent.follow(iteration.lastEventId());
        parent.resumeFailed(StateFailure.reported(error, cause));
    }

    private void stopOthers() {
        failed = true;
        for (var thread : List.copyOf(active.values())) {
            if (!thread.isRedrivable()) {
                thread.abort();
                recordIteration(thread, EventType.MapIterationAborted);
            }
        }
    }

    private void recordIteration(StateThread iteration, EventType type) {
        parent.run()
                .record(iteration.lastEventId(), type, new EventDetails.MapIteration(over.name(), iteration.index()));
    }

    @Override
    public void abort() {
        stopOthers();
    }

    @Override
    public void cancel() {
        failed = true;
        active.values().forEach(StateThread::cancel);
    }

    /// Iterations that succeeded keep their outputs; those that never started will.
    @Override
    public boolean redrive() {
        if (!failed) {
            return false;
        }
        failed = false;
        var again = List.copyOf(active.values());
        for (var thread : again) {
            var started = parent.run()
                    .record(
                            parent.lastEventId(),
                            EventType.MapIterationStarted,
                            new EventDetails.MapIteration(over.name(), thread.index()));
            thread.redrive(started);
        }
        startMore(parent.lastEventId(), parent.lastEventId());
        return failed || !active.isEmpty();
    }
}
