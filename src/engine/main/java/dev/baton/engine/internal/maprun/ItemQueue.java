package dev.baton.engine.internal.maprun;

import dev.baton.engine.internal.map.ItemCursor;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.map.PreparedItemBatcher;
import dev.baton.engine.internal.prepare.MapRunPlan;
import dev.baton.engine.internal.query.FieldScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The items of a Map Run that were read and have no child yet, in batches where the plan has them.
final class ItemQueue {
    private final MapRunPlan plan;
    private final FieldScope at;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private PreparedItemBatcher.@Nullable Filling filling;
    private long read;
    private boolean begun;
    private boolean whole;

    /// The items that one child will run for.
    private sealed interface Waiting {
        /// @param before how many items came before those
        record Single(MapItems of, int index, long before) implements Waiting {}

        record Batched(PreparedItemBatcher.Batch batch) implements Waiting {}
    }

    /// The beginning of a child.
    ///
    /// @param items how many it runs for
    /// @param shown what its own context object says of its item
    record Next(@Nullable Object input, int items, Map<String, @Nullable Object> shown) {}

    ItemQueue(MapRunPlan plan, FieldScope at) {
        this.plan = plan;
        this.at = at;
    }

    /// Takes items that were read.
    ///
    /// @throws dev.baton.engine.internal.failure.StateFailure where one cannot be selected, or batches are impossible
    void add(MapItems items) {
        var batching = plan.batching();
        if (batching == null) {
            for (var i = 0; i < items.size(); i++) {
                waiting.add(new Waiting.Single(items, i, read));
            }
        } else {
            // All of them, before anything changes: one that cannot be selected fails the Map Run.
            var selected = new ArrayList<@Nullable Object>(items.size());
            for (var i = 0; i < items.size(); i++) {
                selected.add(selected(items, i, read));
            }
            var batches = filling(batching);
            for (var i = 0; i < items.size(); i++) {
                batched(batches.add(selected.get(i), items.source(i)));
            }
            if (!items.more()) {
                batched(batches.rest());
            }
        }
        read += items.size();
        begun = true;
        whole = !items.more();
    }

    private PreparedItemBatcher.Filling filling(PreparedItemBatcher batching) {
        var current = filling;
        if (current == null) {
            current = batching.filling(at);
            filling = current;
        }
        return current;
    }

    private void batched(PreparedItemBatcher.@Nullable Batch batch) {
        if (batch != null) {
            waiting.add(new Waiting.Batched(batch));
        }
    }

    private @Nullable Object selected(MapItems items, int index, long before) {
        var context = at.surroundings().context().withItem(items.shown(index, before));
        return plan.selection().selected(at, context, items.values().get(index));
    }

    /// The beginning of the next child; it waits until [#remove].
    ///
    /// @param index of the child
    Next next(int index) {
        return switch (waiting.element()) {
            case Waiting.Single(MapItems of, int at, long before) ->
                new Next(selected(of, at, before), 1, of.shown(at, before));
            case Waiting.Batched(PreparedItemBatcher.Batch batch) -> {
                var shown = new LinkedHashMap<String, @Nullable Object>();
                shown.put("Index", (long) index);
                shown.put("Value", batch.input());
                shown.put("Source", batch.source());
                yield new Next(batch.input(), batch.items(), shown);
            }
        };
    }

    void remove() {
        waiting.remove();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Whether there are few enough that more should be read.
    boolean isLow() {
        return !whole && waiting.size() < ItemCursor.MOST_ITEMS / 2;
    }

    /// Whether anything was read, even if that was nothing.
    boolean hasBegun() {
        return begun;
    }

    /// Whether all items were read.
    boolean isWhole() {
        return whole;
    }

    /// The number of items that were read.
    long read() {
        return read;
    }

    /// The number of children that they need and that are not started.
    int children() {
        return waiting.size() + (filling == null || filling.isEmpty() ? 0 : 1);
    }
}
