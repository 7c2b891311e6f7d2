package dev.baton.compiler.pipeline;

/// The distributed Maps over tasks of one class. How many iterations of each run at a time is not written in the
/// definition but stands in it as `${JarsConcurrency}`, because it is the environment that knows what it bears.
///
/// @param task the simple name of the class: that of an expanding task, or of the first task of each iteration where
///     many tasks that are alike became one Map
/// @param placeholder `JarsConcurrency`
/// @param maxConcurrency how many run at a time unless the environment says otherwise; 0: as many as Step
///     Functions runs
public record CompiledMap(String task, String placeholder, int maxConcurrency) {}
