package dev.baton.lambda.generated;

import dev.baton.task.Pipeline;

/// A generated pipeline: as plain data and as classes.
///
/// @param loader has its classes, and is the context in which functions find it
public record GeneratedPipeline(PipelineSpec spec, Pipeline pipeline, ClassLoader loader) {

    /// What an author would have written: for messages.
    public String source() {
        return PipelineSource.of(spec);
    }
}
