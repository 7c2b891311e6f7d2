package dev.baton.policy;

/// What something is asked for.
public sealed interface PolicyResource {

    /// Of which pipeline it is.
    String pipeline();

    /// A pipeline: `Baton::Pipeline::"weather"`.
    record OfPipeline(String pipeline) implements PolicyResource {}

    /// A task of a pipeline: `Baton::Task::"weather/CleanObservations"`.
    ///
    /// @param task the simple name of its class
    record OfTask(String pipeline, String task) implements PolicyResource {}
}
