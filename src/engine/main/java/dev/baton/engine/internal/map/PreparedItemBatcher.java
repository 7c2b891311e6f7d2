package dev.baton.engine.internal.map;

import dev.baton.asl.ItemBatcher;
import dev.baton.asl.QueryLanguage;
import dev.baton.engine.internal.failure.ErrorNames;
import dev.baton.engine.internal.failure.PayloadLimit;
import dev.baton.engine.internal.failure.StateFailure;
import dev.baton.engine.internal.query.Evaluable;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import dev.baton.engine.internal.query.TemplateCompiler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An ItemBatcher ready to run.
public final class PreparedItemBatcher {
    private final @Nullable NumberField mostItems;
    private final @Nullable NumberField mostBytes;
    private final @Nullable Evaluable batchInput;

    private PreparedItemBatcher(
            @Nullable NumberField mostItems, @Nullable NumberField mostBytes, @Nullable Evaluable batchInput) {
        this.mostItems = mostItems;
        this.mostBytes = mostBytes;
        this.batchInput = batchInput;
    }

    public static PreparedItemBatcher of(ItemBatcher batcher, QueryLanguage language) {
        return switch (batcher) {
            case ItemBatcher(var maxItems, var maxBytes, var batchInput, var unknown) ->
                new PreparedItemBatcher(
                        NumberField.of(maxItems, "MaxItemsPerBatch", "ItemBatcher/MaxItemsPerBatch"),
                        NumberField.of(maxBytes, "MaxInputBytesPerBatch", "ItemBatcher/MaxInputBytesPerBatch"),
                        TemplateCompiler.compileIf(language, batchInput, "ItemBatcher/BatchInput"));
        };
    }

    /// The input of one child execution, and the number of items in it.
    ///
    /// @param source of the first of them
    public record Batch(@Nullable Object input, int items, String source) {}

    /// All of the items in batches.
    ///
    /// @throws StateFailure when an item alone exceeds the bytes of a batch: it could be in none
    public List<Batch> batches(FieldScope at, List<?> items) {
        var filling = filling(at);
        var batches = new ArrayList<Batch>();
        for (var item : items) {
            var full = filling.add(item, "");
            if (full != null) {
                batches.add(full);
            }
        }
        var rest = filling.rest();
        if (rest != null) {
            batches.add(rest);
        }
        return batches;
    }

    /// The first batch, and what all batches have in common.
    public Filling filling(FieldScope at) {
        return new Filling(at);
    }

    /// Items that become batches, in their order.
    public final class Filling {
        private final long most;
        private final long bytes;
        private final @Nullable Object shared;
        /// The braces, names and brackets around the items, and what all batches share.
        private final long frame;

        private List<@Nullable Object> current = new ArrayList<>();
        private String source = "";
        private long size;

        private Filling(FieldScope at) {
            most = positive(mostItems, "MaxItemsPerBatch", at, Integer.MAX_VALUE);
            bytes = positive(mostBytes, "MaxInputBytesPerBatch", at, PayloadLimit.BYTES);
            shared = batchInput == null ? null : batchInput.evaluate(at);
            frame = 12L + (batchInput == null ? 0 : 14 + PayloadLimit.measure(shared, bytes));
            size = frame;
        }

        /// @return the batch that was full before this item, or null
        public @Nullable Batch add(@Nullable Object item, String from) {
            var itemSize = 1 + PayloadLimit.measure(item, bytes);
            var full = current.size() >= most || size + itemSize > bytes ? rest() : null;
            if (current.isEmpty()) {
                source = from;
            }
            // The first item of a batch has no comma before it.
            if (current.isEmpty() && size + itemSize - 1 > bytes) {
                throw StateFailure.raised(
                        ErrorNames.DATA_LIMIT_EXCEEDED,
                        "An item makes a batch that exceeds the maximum of " + bytes + " bytes.");
            }
            current.add(item);
            size += itemSize;
            return full;
        }

        /// @return what is in the last batch, or null where that is nothing
        public @Nullable Batch rest() {
            if (current.isEmpty()) {
                return null;
            }
            var batch = batch(shared, current, source);
            current = new ArrayList<>();
            size = frame;
            return batch;
        }

        public boolean isEmpty() {
            return current.isEmpty();
        }
    }

    private static long positive(@Nullable NumberField field, String name, FieldScope at, long otherwise) {
        if (field == null) {
            return otherwise;
        }
        var number = field.integer(at);
        if (number <= 0) {
            throw field.outOfRange("field " + name + " must be positive");
        }
        return Math.min(number, otherwise);
    }

    private Batch batch(@Nullable Object shared, List<@Nullable Object> items, String source) {
        Map<String, @Nullable Object> input = new LinkedHashMap<>();
        if (batchInput != null) {
            input.put("BatchInput", shared);
        }
        input.put("Items", items);
        return new Batch(input, items.size(), source);
    }
}
