package dev.baton.engine.internal.query;

import dev.baton.engine.internal.failure.EvaluationEffort;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.jsonata.EvaluationContext;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What paths and expressions of one field see.
///
/// @param surroundings what all fields of a state see
/// @param input `$` of a path, `$states.input` of an expression
/// @param result `$states.result`, or [MissingValue#MISSING] where there is none yet
/// @param error `$states.errorOutput`, or [MissingValue#MISSING] but in catchers
/// @param effort what the field may still use up
public record FieldScope(
        Surroundings surroundings,
        @Nullable Object input,
        @Nullable Object result,
        @Nullable Object error,
        EvaluationEffort effort) {

    public FieldScope(Surroundings surroundings, @Nullable Object input) {
        this(surroundings, input, MissingValue.MISSING, MissingValue.MISSING, new EvaluationEffort());
    }

    public FieldScope withResult(@Nullable Object value) {
        return new FieldScope(surroundings, input, value, error, effort);
    }

    public FieldScope withError(@Nullable Object value) {
        return new FieldScope(surroundings, input, result, value, effort);
    }

    /// What an expression of the field is evaluated in.
    EvaluationContext jsonata() {
        return effort.jsonata(surroundings.jsonata());
    }

    /// What all fields of a state see.
    public record Surroundings(
            ContextObject context, Variables variables, RandomGenerator random, EvaluationContext jsonata) {

        public Surroundings with(ContextObject other) {
            return new Surroundings(other, variables, random, jsonata);
        }
    }
}
