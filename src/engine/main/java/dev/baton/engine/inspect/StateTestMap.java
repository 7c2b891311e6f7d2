package dev.baton.engine.inspect;

import dev.baton.asl.MapState;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.map.FailureTolerance;
import dev.baton.engine.internal.map.ItemReaderException;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.map.PreparedItemBatcher;
import dev.baton.engine.internal.map.PreparedItemReader;
import dev.baton.engine.internal.prepare.ItemSource;
import dev.baton.engine.internal.prepare.MapRunPlan;
import dev.baton.engine.internal.prepare.StateRunner.Iterations;
import dev.baton.engine.internal.prepare.StateRunner.MapRunStart;
import dev.baton.engine.internal.prepare.ToleranceFields;
import dev.baton.engine.internal.query.FieldScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The work of a tested Map state on its data before its iterations, which a mock stands for.
///
/// See *Understanding Map state inspection data* of the [developer
/// guide](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
final class StateTestMap {
    private final StateTest test;
    private final MapState map;
    private final Map<String, @Nullable Object> data;

    /// @param data gets what each step made
    StateTestMap(StateTest test, MapState map, Map<String, @Nullable Object> data) {
        this.test = test;
        this.map = map;
        this.data = data;
    }

    /// An inline Map, up to its iterations.
    ///
    /// @throws StateFailure of the error that the failed iterations make
    /// @throws IllegalArgumentException when more iterations failed than there are
    void iterate(Iterations over) {
        var tolerance = ToleranceFields.of(map.toleratedFailureCount(), map.toleratedFailurePercentage())
                .at(over.at());
        bounds(over.maxConcurrency(), tolerance);
        begin(over.at(), MapItems.ofState(over.items()), over.selection(), null, tolerance);
    }

    /// A distributed Map, up to its children.
    ///
    /// @throws StateFailure of the error that the failed children make
    /// @throws IllegalArgumentException when more children failed than there are
    void start(MapRunPlan plan, MapRunStart start) {
        bounds(start.maxConcurrency(), start.tolerance());
        var items = start.source() == null ? start.items() : read(start.source(), start.at(), plan.selection());
        begin(start.at(), items, plan.selection(), plan.batching(), start.tolerance());
    }

    private void bounds(long maxConcurrency, FailureTolerance tolerance) {
        data.put("maxConcurrency", maxConcurrency);
        if (tolerance.count() != null) {
            data.put("toleratedFailureCount", tolerance.count());
        }
        if (tolerance.percentage() != null) {
            data.put("toleratedFailurePercentage", tolerance.percentage());
        }
    }

    private void begin(
            FieldScope at,
            @Nullable MapItems items,
            ItemSource selection,
            @Nullable PreparedItemBatcher batching,
            FailureTolerance tolerance) {
        if (items != null) {
            shape(at, items, selection, batching);
        }
        var failed = test.past().failedIterations();
        if (failed == null) {
            return;
        }
        if (items != null && failed > items.size()) {
            throw new IllegalArgumentException(
                    "Map iteration failure count must be less than or equal to the number of Map iterations");
        }
        check(tolerance, failed, items == null ? failed : items.size());
    }

    /// A mocked error is what the state ends with, whatever failed. A mocked result stands where the definition sets no
    /// threshold that the failed iterations could exceed.
    private void check(FailureTolerance tolerance, long failed, long total) {
        if (test.mock() instanceof StateTestMock.Failure) {
            return;
        }
        if ((tolerance.count() != null || tolerance.percentage() != null) && tolerance.isExceeded(failed, total)) {
            throw StateFailure.reported(
                    ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                    "The specified tolerated failure threshold was exceeded");
        }
    }

    /// The items that an ItemReader would read, or null where nobody says.
    private @Nullable MapItems read(PreparedItemReader.Source read, FieldScope at, ItemSource selection) {
        var given = test.past().itemData();
        if (given == null) {
            return ofInput(at, selection);
        }
        try {
            var items = read.given(given);
            if (map.itemsPath() != null) {
                data.put("afterItemsPath", items.values());
            }
            if (read.config() != null && read.config().itemsPointer() != null) {
                data.put("afterItemsPointer", items.values());
            }
            return items;
        } catch (ItemReaderException e) {
            throw StateFailure.reported(ErrorNames.ITEM_READER_FAILED, e.getMessage());
        }
    }

    /// Of a Map with an ItemReader the input may have the items "as if they had already been read".
    private @Nullable MapItems ofInput(FieldScope at, ItemSource selection) {
        if (map.itemsPath() == null || !(selection.found(at, at.input()) instanceof List<?> array)) {
            return null;
        }
        data.put("afterItemsPath", array);
        return MapItems.ofState(array);
    }

    /// Shows what the ItemSelector makes of each item, and the ItemBatcher of all.
    private void shape(FieldScope at, MapItems items, ItemSource selection, @Nullable PreparedItemBatcher batching) {
        if (map.itemSelector() == null && map.data().parameters() == null && batching == null) {
            return;
        }
        var selected = new ArrayList<@Nullable Object>(items.size());
        for (var i = 0; i < items.size(); i++) {
            var context = at.surroundings().context().withItem(items.shown(i, 0));
            selected.add(selection.selected(at, context, items.values().get(i)));
        }
        if (map.itemSelector() != null || map.data().parameters() != null) {
            data.put("afterItemSelector", selected);
        }
        if (batching != null) {
            data.put(
                    "afterItemBatcher",
                    batching.batches(at, selected).stream()
                            .map(PreparedItemBatcher.Batch::input)
                            .toList());
        }
    }
}
