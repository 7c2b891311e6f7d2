package dev.baton.engine.inspect;

import dev.baton.asl.MapState;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.map.FailureTolerance;
import dev.baton.engine.internal.map.ItemReaderException;
import dev.baton.engine.internal.map.MapItems;
import dev.baton.engine.internal.map.PreparedItemBatcher;
import dev.baton.engine.internal.map.PreparedItemReader;
import dev.baton.engine.internal.prepare.ItemSource;
import dev.baton.engine.internal.prepare.PreparedInlineMap;
import dev.baton.engine.internal.prepare.ToleranceFields;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a tested Map state makes of its data before its iterations, which a mock stands for.
///
/// See *Understanding Map state inspection data* of the [developer
/// guide](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
final class StateTestMap {
    private final StateTest trial;
    private final MapState map;
    private final QueryLanguage language;
    private final ItemSource source;
    private final Map<String, @Nullable Object> data;

    /// @param data gets what each step made
    StateTestMap(StateTest trial, MapState map, QueryLanguage language, Map<String, @Nullable Object> data) {
        this.trial = trial;
        this.map = map;
        this.language = language;
        this.source = new ItemSource(map, language);
        this.data = data;
    }

    /// The steps up to the iterations.
    ///
    /// @throws StateFailure of the error that the failed iterations make
    /// @throws IllegalArgumentException when more iterations failed than there are
    void prepare(FieldScope at, @Nullable Object effective) {
        data.put(
                "maxConcurrency",
                PreparedInlineMap.concurrency(NumberField.of(map.maxConcurrency(), "MaxConcurrency"), at));
        var tolerance = tolerance(at);
        var items = items(at, effective);
        if (items != null) {
            shape(at, items);
        }
        var failed = trial.past().failedIterations();
        if (failed == null) {
            return;
        }
        if (items != null && failed > items.size()) {
            throw new IllegalArgumentException(
                    "Map iteration failure count must be less than or equal to the number of Map iterations");
        }
        check(tolerance, failed, items == null ? failed : items.size());
    }

    private FailureTolerance tolerance(FieldScope at) {
        var tolerance = ToleranceFields.of(map).at(at);
        if (tolerance.count() != null) {
            data.put("toleratedFailureCount", tolerance.count());
        }
        if (tolerance.percentage() != null) {
            data.put("toleratedFailurePercentage", tolerance.percentage());
        }
        return tolerance;
    }

    /// A mocked error is what the state ends with, whatever failed. A mocked result stands where the definition sets no
    /// threshold that the failed iterations could exceed.
    private void check(FailureTolerance tolerance, long failed, long total) {
        if (trial.mock() instanceof StateTestMock.Failure) {
            return;
        }
        if ((tolerance.count() != null || tolerance.percentage() != null) && tolerance.isExceeded(failed, total)) {
            throw StateFailure.reported(
                    ErrorNames.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                    "The specified tolerated failure threshold was exceeded");
        }
    }

    /// The items, or null where nobody says what an ItemReader would read.
    private @Nullable MapItems items(FieldScope at, @Nullable Object effective) {
        var reader = map.itemReader();
        if (reader == null) {
            var items = map.isDistributed()
                    ? source.distributedItems(at, effective)
                    : MapItems.ofState(source.items(at, effective));
            if (language == QueryLanguage.JSONPATH) {
                data.put("afterItemsPath", source.found(at, effective));
            }
            return items;
        }
        var read = new PreparedItemReader(reader, map.itemsPath(), language).source(at, trial.roleArn());
        var given = trial.past().itemData();
        if (given == null) {
            return ofInput(at, effective);
        }
        try {
            var items = read.given(given);
            if (language == QueryLanguage.JSONPATH && map.itemsPath() != null) {
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
    private @Nullable MapItems ofInput(FieldScope at, @Nullable Object effective) {
        if (map.itemsPath() == null || !(source.found(at, effective) instanceof List<?> array)) {
            return null;
        }
        data.put("afterItemsPath", array);
        return MapItems.ofState(array);
    }

    /// What the ItemSelector makes of each item, and the ItemBatcher of all.
    private void shape(FieldScope at, MapItems items) {
        if (map.itemSelector() == null && map.data().parameters() == null && map.itemBatcher() == null) {
            return;
        }
        var selected = new ArrayList<@Nullable Object>(items.size());
        for (var i = 0; i < items.size(); i++) {
            var context = at.surroundings().context().withItem(items.shown(i, 0));
            selected.add(source.selected(at, context, items.values().get(i)));
        }
        if (map.itemSelector() != null || map.data().parameters() != null) {
            data.put("afterItemSelector", selected);
        }
        if (map.itemBatcher() != null) {
            data.put(
                    "afterItemBatcher",
                    new PreparedItemBatcher(map.itemBatcher(), language)
                            .batches(at, selected).stream()
                                    .map(PreparedItemBatcher.Batch::input)
                                    .toList());
        }
    }
}
