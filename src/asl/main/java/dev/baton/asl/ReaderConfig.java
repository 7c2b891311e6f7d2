package dev.baton.asl;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The configuration of an item reader: what an item reader finds in the object it reads. An absent field is null.
///
/// @param inputType `CSV`, `JSON`, `JSONL`, `PARQUET` or `MANIFEST`
/// @param csvHeaderLocation `FIRST_ROW` or `GIVEN`
/// @param csvDelimiter `COMMA`, `PIPE`, `SEMICOLON`, `SPACE` or `TAB`
/// @param csvHeaders for `GIVEN`
/// @param maxItems `MaxItems` or `MaxItemsPath`; 0 means all
/// @param itemsPointer a JSON Pointer to the array inside a JSON object
/// @param manifestType `ATHENA_DATA` or `S3_INVENTORY`
/// @param transformation `NONE` or `LOAD_AND_FLATTEN`
public record ReaderConfig(
        @Nullable String inputType,
        @Nullable String csvHeaderLocation,
        @Nullable String csvDelimiter,
        @Nullable List<String> csvHeaders,
        @Nullable Operand<Number> maxItems,
        @Nullable String itemsPointer,
        @Nullable String manifestType,
        @Nullable String transformation,
        SequencedMap<String, @Nullable Object> unknown) {

    public ReaderConfig {
        csvHeaders = csvHeaders == null ? null : List.copyOf(csvHeaders);
        unknown = ImmutableCopies.of(unknown);
    }

    /// That of objects of a type, with nothing else said.
    public static ReaderConfig of(String inputType) {
        return new ReaderConfig(inputType, null, null, null, null, null, null, null, Collections.emptyNavigableMap());
    }
}
