package dev.baton.engine.internal.map;

import dev.baton.asl.ItemBatcher;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.Evaluation;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.TemplateCompiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An ItemBatcher ready to run.
public final class Batching {
    private final @Nullable NumberField mostItems;
    private final @Nullable NumberField mostBytes;
    private final @Nullable Evaluable batchInput;

    public Batching(ItemBatcher batcher, QueryLanguage language) {
        this.mostItems = NumberField.of(batcher.maxItemsPerBatch(), "MaxItemsPerBatch", "ItemBatcher/MaxItemsPerBatch");
        this.mostBytes = NumberField.of(
                batcher.maxInputBytesPerBatch(), "MaxInputBytesPerBatch", "ItemBatcher/MaxInputBytesPerBatch");
        this.batchInput = batcher.batchInput() == null
                ? null
                : TemplateCompiler.compile(language, batcher.batchInput().value(), "ItemBatcher/BatchInput");
    }

    /// What one child execution gets, and for how many items.
    public record Batch(@Nullable Object input, int items) {}

    /// The items in batches, in their order. An item that alone exceeds the bytes makes a batch of its own.
    public List<Batch> batches(Evaluation at, List<?> items) {
        var most = positive(mostItems, "MaxItemsPerBatch", at, Integer.MAX_VALUE);
        var bytes = positive(mostBytes, "MaxInputBytesPerBatch", at, PayloadLimit.BYTES);
        var shared = batchInput == null ? null : batchInput.evaluate(at);
        var batches = new ArrayList<Batch>();
        var current = new ArrayList<@Nullable Object>();
        // The braces, names and brackets around the items, and what all batches share.
        var frame = 12L + (batchInput == null ? 0 : 14 + PayloadLimit.measure(shared, bytes));
        var size = frame;
        for (var item : items) {
            var itemSize = 1 + PayloadLimit.measure(item, bytes);
            if (!current.isEmpty() && (current.size() >= most || size + itemSize > bytes)) {
                batches.add(batch(shared, current));
                current = new ArrayList<>();
                size = frame;
            }
            current.add(item);
            size += itemSize;
        }
        if (!current.isEmpty()) {
            batches.add(batch(shared, current));
        }
        return batches;
    }

    private static long positive(@Nullable NumberField field, String name, Evaluation at, long otherwise) {
        if (field == null) {
            return otherwise;
        }
        var number = field.integer(at);
        if (number <= 0) {
            throw field.outOfRange("field " + name + " must be positive");
        }
        return Math.min(number, otherwise);
    }

    private Batch batch(@Nullable Object shared, List<@Nullable Object> items) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        if (batchInput != null) {
            input.put("BatchInput", shared);
        }
        input.put("Items", items);
        return new Batch(input, items.size());
    }
}
