package dev.baton.engine.internal.maprun;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionStatus;
import dev.baton.engine.execution.MapRun.Counts;
import dev.baton.engine.internal.execute.LiveExecution;
import dev.baton.engine.internal.failure.PayloadLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The child executions of a Map Run, in the order of their items. Anybody may ask; one thread changes it.
///
/// Of those that succeeded only the last ones stay known, as many as there is memory for: a Map Run may have millions.
final class ChildExecutions {
    /// The memory, about, that a child that has closed holds besides its values, and each of its events.
    private static final int CHILD_BYTES = 1_600;

    private static final int EVENT_BYTES = 96;

    private final long mostBytes;
    /// By index; null for one that is forgotten.
    private final List<@Nullable Child> children = new ArrayList<>();
    private long items;
    private long executions;
    /// Those that run, so that a child that closes is found at once; what was replaced is no longer here.
    private final Map<LiveExecution, Child> running = new IdentityHashMap<>();
    /// Those that succeeded and are known, in the order in which they did.
    private final ArrayDeque<Child> succeeded = new ArrayDeque<>();

    private long knownBytes;
    private long failedItems;
    private long forgottenItems;
    private long forgottenExecutions;

    private static final class Child {
        private final int index;
        private final int items;
        private LiveExecution run;
        private int bytes;

        Child(int index, LiveExecution run, int items) {
            this.index = index;
            this.run = run;
            this.items = items;
        }
    }

    /// An action on a child by its index.
    @FunctionalInterface
    interface Each {
        /// @param child null for one that is forgotten
        void child(int index, @Nullable Execution child);
    }

    /// A child that succeeded and is known no more.
    record Forgotten(int index, LiveExecution run) {}

    /// @param mostBytes how much memory those that succeeded may hold
    ChildExecutions(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized void expect(long itemCount, long executionCount) {
        items = itemCount;
        executions = executionCount;
    }

    synchronized void add(LiveExecution run, int itemCount) {
        var child = new Child(children.size(), run, itemCount);
        children.add(child);
        running.put(run, child);
    }

    /// Whether the run was one of those that run.
    synchronized boolean closed(LiveExecution run) {
        var child = running.remove(run);
        if (child == null) {
            return false;
        }
        if (succeeded(run)) {
            child.bytes = bytes(run);
            knownBytes += child.bytes;
            succeeded.add(child);
        } else {
            failedItems += child.items;
        }
        return true;
    }

    static boolean succeeded(Execution execution) {
        return execution.status() == ExecutionStatus.SUCCEEDED;
    }

    private static int bytes(LiveExecution run) {
        var values = PayloadLimit.measure(run.request().input(), PayloadLimit.BYTES)
                + PayloadLimit.measure(run.output(), PayloadLimit.BYTES);
        return (int) (CHILD_BYTES + (long) EVENT_BYTES * run.eventCount() + 2 * values);
    }

    /// Forgets the one that succeeded first, where those that did hold more than they may.
    synchronized @Nullable Forgotten forget() {
        var first = knownBytes > mostBytes ? succeeded.poll() : null;
        if (first == null) {
            return null;
        }
        knownBytes -= first.bytes;
        children.set(first.index, null);
        forgottenExecutions++;
        forgottenItems += first.items;
        return new Forgotten(first.index, first.run);
    }

    synchronized int running() {
        return running.size();
    }

    synchronized int started() {
        return children.size();
    }

    synchronized boolean allClosed() {
        return running.isEmpty() && children.size() == executions;
    }

    synchronized long items() {
        return items;
    }

    synchronized long failedItems() {
        return failedItems;
    }

    /// Those that are known.
    synchronized List<Execution> all() {
        return children.stream()
                .filter(Objects::nonNull)
                .<Execution>map(child -> child.run)
                .toList();
    }

    synchronized void forEach(Each each) {
        for (var index = 0; index < children.size(); index++) {
            var child = children.get(index);
            each.child(index, child == null ? null : child.run);
        }
    }

    void stopRunning() {
        for (var child : all()) {
            if (child instanceof LiveExecution run && !run.status().isClosed()) {
                run.stop(null, null);
            }
        }
    }

    /// Lets the children that did not succeed run again.
    ///
    /// @param again gives the run that takes a failed one's place, often the same
    synchronized void redrive(UnaryOperator<LiveExecution> again) {
        failedItems = 0;
        running.clear();
        for (var child : children) {
            if (child != null && !succeeded(child.run)) {
                child.run = again.apply(child.run);
                running.put(child.run, child);
            }
        }
    }

    synchronized Counts itemCounts(boolean written) {
        return counts(true, written);
    }

    synchronized Counts executionCounts(boolean written) {
        return counts(false, written);
    }

    private Counts counts(boolean ofItems, boolean written) {
        var byStatus = new long[ExecutionStatus.values().length];
        var started = ofItems ? forgottenItems : forgottenExecutions;
        byStatus[ExecutionStatus.SUCCEEDED.ordinal()] = started;
        for (var child : children) {
            if (child != null) {
                var weight = ofItems ? child.items : 1;
                byStatus[child.run.status().ordinal()] += weight;
                started += weight;
            }
        }
        var total = ofItems ? items : executions;
        var ofSucceeded = byStatus[ExecutionStatus.SUCCEEDED.ordinal()];
        return new Counts(
                total - started,
                byStatus[ExecutionStatus.RUNNING.ordinal()],
                ofSucceeded,
                byStatus[ExecutionStatus.FAILED.ordinal()],
                byStatus[ExecutionStatus.TIMED_OUT.ordinal()],
                byStatus[ExecutionStatus.ABORTED.ordinal()],
                total,
                written ? ofSucceeded : 0,
                0,
                byStatus[ExecutionStatus.PENDING_REDRIVE.ordinal()]);
    }
}
