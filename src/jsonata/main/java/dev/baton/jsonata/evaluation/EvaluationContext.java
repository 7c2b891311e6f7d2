package dev.baton.jsonata.evaluation;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The surroundings of an evaluation, so that equal surroundings give equal results.
///
/// @param clock what `$now()` and `$millis()` read, once per evaluation
/// @param random what `$random()`, `$uuid()` and `$shuffle()` draw from
/// @param limits what the evaluation may use up
/// @param stopped whether nobody wants the value any more: the evaluation then ends with [EvaluationStoppedException]
/// @param expenditure what other evaluations have used up of the limits; null where each has them for itself
public record EvaluationContext(
        InstantSource clock,
        RandomGenerator random,
        Limits limits,
        BooleanSupplier stopped,
        @Nullable Expenditure expenditure) {
    public EvaluationContext(InstantSource clock, RandomGenerator random, Limits limits, BooleanSupplier stopped) {
        this(clock, random, limits, stopped, null);
    }

    public EvaluationContext(InstantSource clock, RandomGenerator random, Limits limits) {
        this(clock, random, limits, () -> false);
    }

    public EvaluationContext(InstantSource clock, RandomGenerator random) {
        this(clock, random, Limits.DEFAULT);
    }

    /// The same for evaluations that together may use up what one may.
    public EvaluationContext shared() {
        return new EvaluationContext(clock, random, limits, stopped, new Expenditure());
    }
}
