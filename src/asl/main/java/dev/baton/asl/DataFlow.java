package dev.baton.asl;

import org.jspecify.annotations.Nullable;

/// What a state makes of data: its input and output processing and its variables. An absent field is null.
///
/// @param inputPath JSONPath
/// @param parameters JSONPath
/// @param arguments JSONata
/// @param resultSelector JSONPath
/// @param resultPath JSONPath
/// @param outputPath JSONPath
/// @param output JSONata
/// @param assign an object whose fields are variables, in both languages
public record DataFlow(
        @Nullable PathField inputPath,
        @Nullable Template parameters,
        @Nullable Template arguments,
        @Nullable Template resultSelector,
        @Nullable PathField resultPath,
        @Nullable PathField outputPath,
        @Nullable Template output,
        @Nullable Template assign) {
    /// Data passes untouched.
    public static final DataFlow NONE = new DataFlow(null, null, null, null, null, null, null, null);
}
