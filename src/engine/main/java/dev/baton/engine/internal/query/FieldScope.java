package dev.baton.engine.internal.query;

import dev.baton.engine.internal.failure.EvaluationEffort;
import dev.baton.engine.internal.path.MissingValue;
import dev.baton.jsonata.evaluation.EvaluationContext;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The values that paths and expressions of one field see, and what they may use up together.
public final class FieldScope {
    /// A value of so few characters or members is not worth an account of its own.
    private static final int SMALL = 64;

    private final Surroundings surroundings;
    private final @Nullable Object input;
    private final @Nullable Object result;
    private final @Nullable Object error;
    private @Nullable EvaluationEffort effort;
    private boolean isAsked;

    public FieldScope(Surroundings surroundings, @Nullable Object input) {
        this(surroundings, input, MissingValue.MISSING, MissingValue.MISSING);
    }

    private FieldScope(
            Surroundings surroundings, @Nullable Object input, @Nullable Object result, @Nullable Object error) {
        this.surroundings = surroundings;
        this.input = input;
        this.result = result;
        this.error = error;
    }

    /// Another field's, with a result.
    public FieldScope withResult(@Nullable Object value) {
        return new FieldScope(surroundings, input, value, error);
    }

    /// Another field's, with an error.
    public FieldScope withError(@Nullable Object value) {
        return new FieldScope(surroundings, input, result, value);
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /// `$` of a path, `$states.input` of an expression.
    public @Nullable Object input() {
        return input;
    }

    /// `$states.result`, or [MissingValue#MISSING] where there is none yet.
    public @Nullable Object result() {
        return result;
    }

    /// `$states.errorOutput`, or [MissingValue#MISSING] but in catchers.
    public @Nullable Object error() {
        return error;
    }

    /// The effort that the field may still make.
    public EvaluationEffort effort() {
        var known = effort;
        if (known == null) {
            known = new EvaluationEffort();
            effort = known;
        }
        return known;
    }

    /// The context in which an expression of the field is evaluated. Most fields have one expression, and make nothing
    /// for it.
    EvaluationContext jsonata() {
        if (isAsked) {
            return effort().jsonata(surroundings.jsonata());
        }
        isAsked = true;
        return surroundings.jsonata();
    }

    /// An expression of the field gave a value of so many characters or members.
    void gave(int size) {
        if (size > SMALL || effort != null) {
            effort().take(size);
        }
    }

    /// The values that all fields of a state see.
    ///
    /// @param steps is told what the state makes of its data, or null where nobody wants to know
    public record Surroundings(
            ContextObject context,
            Variables variables,
            RandomGenerator random,
            EvaluationContext jsonata,
            @Nullable StepListener steps) {

        public Surroundings with(ContextObject other) {
            return new Surroundings(other, variables, random, jsonata, steps);
        }

        /// Tells what a step made.
        public void made(String step, @Nullable Object value) {
            if (steps != null) {
                steps.made(step, value);
            }
        }
    }
}
