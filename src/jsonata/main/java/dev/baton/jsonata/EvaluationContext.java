package dev.baton.jsonata;

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
    public EvaluationContext(InstantSource clock, RandomGenerator random, Limits limits) {
        this(clock, random, limits, () -> false);
    }

    public EvaluationContext(InstantSource clock, RandomGenerator random) {
        this(clock, random, Limits.DEFAULT);
    }
}
