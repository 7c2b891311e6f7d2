package dev.baton.compiler.pipeline;

/// The parallelism that is kept: how much of a graph's parallelism its state machine keeps where sequence and fork-join
/// cannot say the graph.
public enum Parallelism {
    /// All of it, for any durations: what fork-join cannot say becomes an await by task token.
    FULL,
    /// What the best barriers leave of it; no awaits, only states of Step Functions' own.
    NATIVE
}
