package dev.baton.compiler;

import dev.baton.compiler.pipeline.MachineLimits;
import dev.baton.compiler.pipeline.Parallelism;
import dev.baton.run.Prefix;
import java.util.Map;

/// The options of a compilation: how a pipeline is to be compiled.
///
/// @param parallelism how much of it is kept
/// @param seconds how long nodes are expected to take, by node id; where any is unknown, no barrier is taken for free
/// @param folds whether many nodes that differ in parameters alone become one Map
/// @param room what one state machine may hold
/// @param prefix what all names begin with
/// @param governed whether policies about people hold where it is put: its start function asks them, and what needs an
///     approval has a state for it
/// @param encrypted whether its state machines are under a key of KMS, which whoever reads what they hold has to be let use
public record CompilerOptions(
        Parallelism parallelism,
        Map<String, Double> seconds,
        boolean folds,
        MachineLimits room,
        Prefix prefix,
        boolean governed,
        boolean encrypted) {
    /// Full parallelism, nothing known of durations.
    public static final CompilerOptions DEFAULT = new CompilerOptions(Parallelism.FULL, Map.of());

    public CompilerOptions {
        seconds = Map.copyOf(seconds);
    }

    public CompilerOptions(Parallelism parallelism, Map<String, Double> seconds) {
        this(parallelism, seconds, true, MachineLimits.DEFAULT, Prefix.BATON, false, false);
    }

    /// The same with a state for each node.
    public CompilerOptions unfolded() {
        return new CompilerOptions(parallelism, seconds, false, room, prefix, governed, encrypted);
    }

    /// The same with other bounds on one state machine.
    public CompilerOptions within(MachineLimits other) {
        return new CompilerOptions(parallelism, seconds, folds, other, prefix, governed, encrypted);
    }

    /// The same with other names.
    public CompilerOptions under(Prefix other) {
        return new CompilerOptions(parallelism, seconds, folds, room, other, governed, encrypted);
    }

    /// The same where policies about people hold.
    public CompilerOptions governed(boolean hold) {
        return new CompilerOptions(parallelism, seconds, folds, room, prefix, hold, encrypted);
    }

    /// The same with state machines under a key of KMS.
    public CompilerOptions encrypted(boolean under) {
        return new CompilerOptions(parallelism, seconds, folds, room, prefix, governed, under);
    }
}
