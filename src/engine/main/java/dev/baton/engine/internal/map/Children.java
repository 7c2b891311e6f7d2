package dev.baton.engine.internal.map;

import dev.baton.engine.Execution;
import dev.baton.engine.ExecutionStatus;
import dev.baton.engine.MapRun.Counts;
import dev.baton.engine.internal.run.Run;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The child executions of a Map Run, in the order of their items. Anybody may ask; one thread changes it.
final class Children {
    private final List<Child> children = new ArrayList<>();
    private long items;
    private long executions;
    /// Those that run, so that a child that closes is found at once; what was replaced is no longer here.
    private final Map<Run, Child> running = new IdentityHashMap<>();
    private long failedItems;
    private int startedItems;

    private static final class Child {
        private final int items;
        private Run run;

        Child(Run run, int items) {
            this.run = run;
            this.items = items;
        }
    }

    synchronized void expect(long itemCount, long executionCount) {
        items = itemCount;
        executions = executionCount;
    }

    synchronized void add(Run run, int itemCount) {
        var child = new Child(run, itemCount);
        children.add(child);
        startedItems += itemCount;
        running.put(run, child);
    }

    /// Whether the run was one of those that run.
    synchronized boolean closed(Run run) {
        var child = running.remove(run);
        if (child != null && run.status() != ExecutionStatus.SUCCEEDED) {
            failedItems += child.items;
        }
        return child != null;
    }

    synchronized int running() {
        return running.size();
    }

    synchronized int started() {
        return children.size();
    }

    /// How many items the children that were started have in all: the index of the next item.
    synchronized int startedItems() {
        return startedItems;
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

    synchronized List<Execution> all() {
        return children.stream().<Execution>map(child -> child.run).toList();
    }

    /// The outputs of the children that succeeded.
    synchronized List<@Nullable Object> outputs() {
        var outputs = new ArrayList<@Nullable Object>(children.size());
        for (var child : children) {
            if (child.run.status() == ExecutionStatus.SUCCEEDED) {
                outputs.add(child.run.output());
            }
        }
        return outputs;
    }

    void stopRunning() {
        for (var child : all()) {
            if (child instanceof Run run && !run.status().isClosed()) {
                run.stop(null, null);
            }
        }
    }

    /// Lets the children that did not succeed run again.
    ///
    /// @param again gives the run that takes a failed one's place, often the same
    synchronized void redrive(UnaryOperator<Run> again) {
        failedItems = 0;
        running.clear();
        for (var child : children) {
            if (child.run.status() != ExecutionStatus.SUCCEEDED) {
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
        var started = 0L;
        for (var child : children) {
            var weight = ofItems ? child.items : 1;
            byStatus[child.run.status().ordinal()] += weight;
            started += weight;
        }
        var total = ofItems ? items : executions;
        var succeeded = byStatus[ExecutionStatus.SUCCEEDED.ordinal()];
        return new Counts(
                total - started,
                byStatus[ExecutionStatus.RUNNING.ordinal()],
                succeeded,
                byStatus[ExecutionStatus.FAILED.ordinal()],
                byStatus[ExecutionStatus.TIMED_OUT.ordinal()],
                byStatus[ExecutionStatus.ABORTED.ordinal()],
                total,
                written ? succeeded : 0,
                0,
                byStatus[ExecutionStatus.PENDING_REDRIVE.ordinal()]);
    }
}
