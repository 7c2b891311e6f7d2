package dev.baton.engine.internal.run;

import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.ContextObject;
import dev.baton.engine.internal.query.Variables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The iterations of an inline Map state while they run. An iteration exists from its start to its end only, so that a
/// long array costs no more than its items.
public final class MapFork implements PendingWork, StateThread.Owner {
    /// How many iterations of an inline Map run at the same time at most.
    private static final int MOST_AT_ONCE = 40;

    private final StateThread parent;
    private final String name;
    private final PreparedGraph graph;
    private final Items items;
    private final int atOnce;
    private final @Nullable Object[] outputs;
    private final Map<Integer, StateThread> active = new LinkedHashMap<>();
    private int next;
    private int done;
    private boolean failed;

    /// What the iterations work on.
    public interface Items {
        int count();

        /// The item itself, as the context object shows it.
        @Nullable
        Object value(int index);

        /// What the iteration gets as its input.
        ///
        /// @throws StateFailure when it cannot be computed
        @Nullable
        Object input(int index, ContextObject context);
    }

    private MapFork(StateThread parent, String name, PreparedGraph graph, Items items, long maxConcurrency) {
        this.parent = parent;
        this.name = name;
        this.graph = graph;
        this.items = items;
        this.atOnce = (int) Math.min(MOST_AT_ONCE, maxConcurrency <= 0 ? MOST_AT_ONCE : maxConcurrency);
        this.outputs = new Object[items.count()];
    }

    /// Starts the first iterations; the parent waits for all.
    ///
    /// @param maxConcurrency 0 for no bound of the definition's own
    public static void start(StateThread parent, String name, PreparedGraph graph, Items items, long maxConcurrency) {
        var fork = new MapFork(parent, name, graph, items, maxConcurrency);
        if (items.count() == 0) {
            fork.complete();
            return;
        }
        parent.await(fork);
        fork.startMore(parent.lastEventId());
    }

    private void startMore(int followed) {
        while (!failed && active.size() < atOnce && next < outputs.length) {
            startIteration(next++, followed);
        }
    }

    private void startIteration(int index, int followed) {
        var here = parent.surroundings();
        var item = new LinkedHashMap<String, @Nullable Object>(4);
        item.put("Index", (long) index);
        item.put("Value", items.value(index));
        // As the developer guide has it under "Context object data for Map states".
        item.put("Source", "STATE_DATA");
        var context = here.context().withItem(item);
        var input = items.input(index, context);
        if (input != items.value(index) && PayloadLimit.exceeds(input)) {
            throw StateFailure.tooLarge(name);
        }
        var started = parent.run()
                .recordAfter(followed, EventType.MapIterationStarted, new EventDetails.MapIteration(name, index));
        var strand = new StateThread(
                parent.run(),
                this,
                index,
                graph,
                context,
                new Variables(here.variables()),
                nested(index),
                input,
                started);
        active.put(index, strand);
        parent.run().ready(strand);
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
                .recordAfter(
                        iteration.lastEventId(),
                        EventType.MapIterationSucceeded,
                        new EventDetails.MapIteration(name, index));
        if (done == outputs.length) {
            parent.follow(last);
            complete();
            return;
        }
        try {
            startMore(iteration.lastEventId());
        } catch (StateFailure failure) {
            stopOthers();
            parent.follow(last);
            parent.resumeFailed(failure);
        }
    }

    private void complete() {
        parent.run().recordAfter(parent.lastEventId(), EventType.MapStateSucceeded, EventDetails.None.NONE);
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
        for (var strand : List.copyOf(active.values())) {
            if (!strand.isRedrivable()) {
                strand.abort();
                recordIteration(strand, EventType.MapIterationAborted);
            }
        }
    }

    private void recordIteration(StateThread iteration, EventType type) {
        parent.run().recordAfter(iteration.lastEventId(), type, new EventDetails.MapIteration(name, iteration.index()));
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
        for (var strand : again) {
            var started = parent.run()
                    .recordAfter(
                            parent.lastEventId(),
                            EventType.MapIterationStarted,
                            new EventDetails.MapIteration(name, strand.index()));
            strand.redrive(started);
        }
        startMore(parent.lastEventId());
        return !active.isEmpty();
    }
}
