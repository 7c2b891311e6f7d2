package dev.baton.asl;

import org.jspecify.annotations.Nullable;

/// The data flow of a state: its input and output processing and its variables. An absent field is
/// null.
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
        @Nullable PayloadTemplate parameters,
        @Nullable PayloadTemplate arguments,
        @Nullable PayloadTemplate resultSelector,
        @Nullable PathField resultPath,
        @Nullable PathField outputPath,
        @Nullable PayloadTemplate output,
        @Nullable PayloadTemplate assign) {
    /// Data passes untouched.
    public static final DataFlow NONE = new DataFlow(null, null, null, null, null, null, null, null);
}
