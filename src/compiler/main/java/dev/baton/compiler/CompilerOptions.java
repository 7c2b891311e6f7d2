package dev.baton.compiler;

import java.util.Map;

/// How a pipeline is to be compiled.
///
/// @param parallelism how much of it is kept
/// @param seconds how long nodes are expected to take, by node id; where any is unknown, no barrier is taken for free
public record CompilerOptions(Parallelism parallelism, Map<String, Double> seconds) {
    /// Full parallelism, nothing known of durations.
    public static final CompilerOptions DEFAULT = new CompilerOptions(Parallelism.FULL, Map.of());

    public CompilerOptions {
        seconds = Map.copyOf(seconds);
    }
}
