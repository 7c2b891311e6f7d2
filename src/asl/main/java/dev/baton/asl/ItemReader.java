package dev.baton.asl;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// An item reader: where a distributed Map finds its items, when not in its input.
///
/// @param readerConfig null when absent
/// @param parameters JSONPath: `Bucket`, `Key` and so on; null when absent
/// @param arguments JSONata: the same; null when absent
public record ItemReader(
        String resource,
        @Nullable ReaderConfig readerConfig,
        @Nullable PayloadTemplate parameters,
        @Nullable PayloadTemplate arguments,
        SequencedMap<String, @Nullable Object> unknown) {

    public ItemReader {
        unknown = ImmutableCopies.of(unknown);
    }
}
