package dev.baton.asl;

import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A result writer: where a distributed Map puts the results of its child executions. An absent field is null.
///
/// @param parameters JSONPath: `Bucket` and `Prefix`
/// @param arguments JSONata: the same
public record ResultWriter(
        @Nullable String resource,
        @Nullable WriterConfig writerConfig,
        @Nullable PayloadTemplate parameters,
        @Nullable PayloadTemplate arguments,
        SequencedMap<String, @Nullable Object> unknown) {

    public ResultWriter {
        unknown = ImmutableCopies.of(unknown);
    }

    /// The shape of the results.
    ///
    /// @param transformation `NONE`, `COMPACT` or `FLATTEN`
    /// @param outputType `JSON` or `JSONL`
    public record WriterConfig(
            @Nullable String transformation,
            @Nullable String outputType,
            SequencedMap<String, @Nullable Object> unknown) {

        public WriterConfig {
            unknown = ImmutableCopies.of(unknown);
        }
    }
}
