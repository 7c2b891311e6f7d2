package dev.baton.asl;

import java.util.LinkedHashMap;
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

    public static Builder builder() {
        return new Builder();
    }

    /// Builds a [ReaderConfig].
    public static final class Builder {
        private @Nullable String inputType;
        private @Nullable String csvHeaderLocation;
        private @Nullable String csvDelimiter;
        private @Nullable List<String> csvHeaders;
        private @Nullable Operand<Number> maxItems;
        private @Nullable String itemsPointer;
        private @Nullable String manifestType;
        private @Nullable String transformation;
        private final SequencedMap<String, @Nullable Object> unknown = new LinkedHashMap<>();

        private Builder() {}

        public Builder inputType(@Nullable String inputType) {
            this.inputType = inputType;
            return this;
        }

        public Builder csvHeaderLocation(@Nullable String csvHeaderLocation) {
            this.csvHeaderLocation = csvHeaderLocation;
            return this;
        }

        public Builder csvDelimiter(@Nullable String csvDelimiter) {
            this.csvDelimiter = csvDelimiter;
            return this;
        }

        public Builder csvHeaders(@Nullable List<String> csvHeaders) {
            this.csvHeaders = csvHeaders;
            return this;
        }

        public Builder maxItems(@Nullable Operand<Number> maxItems) {
            this.maxItems = maxItems;
            return this;
        }

        public Builder itemsPointer(@Nullable String itemsPointer) {
            this.itemsPointer = itemsPointer;
            return this;
        }

        public Builder manifestType(@Nullable String manifestType) {
            this.manifestType = manifestType;
            return this;
        }

        public Builder transformation(@Nullable String transformation) {
            this.transformation = transformation;
            return this;
        }

        public Builder unknown(String field, @Nullable Object value) {
            unknown.put(field, value);
            return this;
        }

        public ReaderConfig build() {
            return new ReaderConfig(
                    inputType,
                    csvHeaderLocation,
                    csvDelimiter,
                    csvHeaders,
                    maxItems,
                    itemsPointer,
                    manifestType,
                    transformation,
                    unknown);
        }
    }
}
