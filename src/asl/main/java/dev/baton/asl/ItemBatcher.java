package dev.baton.asl;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// An item batcher: how a distributed Map puts several items into one child execution. An absent field is null.
///
/// @param maxItemsPerBatch `MaxItemsPerBatch` or `MaxItemsPerBatchPath`
/// @param maxInputBytesPerBatch `MaxInputBytesPerBatch` or `MaxInputBytesPerBatchPath`, at most 262,144
/// @param batchInput what every batch gets besides its items
public record ItemBatcher(
        @Nullable Operand<Number> maxItemsPerBatch,
        @Nullable Operand<Number> maxInputBytesPerBatch,
        @Nullable PayloadTemplate batchInput,
        SequencedMap<String, @Nullable Object> unknown) {

    public ItemBatcher {
        unknown = ImmutableCopies.of(unknown);
    }
}
