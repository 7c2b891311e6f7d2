package dev.baton.jsonata;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// What an evaluation takes from its surroundings, so that equal surroundings give equal results.
///
/// @param clock what `$now()` and `$millis()` read, once per evaluation
/// @param random what `$random()`, `$uuid()` and `$shuffle()` draw from
/// @param limits what the evaluation may use up
/// @param stopped whether nobody wants the value any more: the evaluation then ends with [EvaluationStopped]
public record EvaluationContext(
        InstantSource clock, RandomGenerator random, Limits limits, BooleanSupplier stopped) {
    private static final Duration LEAST = Duration.ofMillis(1);

    public EvaluationContext(InstantSource clock, RandomGenerator random, Limits limits) {
        this(clock, random, limits, () -> false);
    }

    public EvaluationContext(InstantSource clock, RandomGenerator random) {
        this(clock, random, Limits.DEFAULT);
    }

    /// The same with less time, a millisecond at least, since some was used up before.
    public EvaluationContext after(Duration used) {
        var time = limits.time().minus(used);
        var left = time.compareTo(LEAST) < 0 ? LEAST : time;
        return new EvaluationContext(
                clock,
                random,
                new Limits(left, limits.depth(), limits.stringLength(), limits.elements(), limits.allocation()),
                stopped);
    }
}
