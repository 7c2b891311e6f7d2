package dev.baton.engine.internal.prepare;

import dev.baton.asl.Operand;
import dev.baton.engine.internal.map.FailureTolerance;
import dev.baton.engine.internal.query.FieldScope;
import dev.baton.engine.internal.query.NumberField;
import org.jspecify.annotations.Nullable;

/// The fields of a Map state that say how many of its items may fail.
public record ToleranceFields(
        @Nullable NumberField count, @Nullable NumberField percentage) {

    public static ToleranceFields of(@Nullable Operand<Number> count, @Nullable Operand<Number> percentage) {
        return new ToleranceFields(
                NumberField.of(count, "ToleratedFailureCount"),
                NumberField.of(percentage, "ToleratedFailurePercentage"));
    }

    public FailureTolerance at(FieldScope at) {
        return new FailureTolerance(
                count == null ? null : count(count, at), percentage == null ? null : percentage(percentage, at));
    }

    private static long count(NumberField field, FieldScope at) {
        var count = field.integer(at);
        if (count < 0) {
            throw field.outOfRange("ToleratedFailureCount cannot be negative.");
        }
        return count;
    }

    private static double percentage(NumberField field, FieldScope at) {
        var percentage = field.evaluate(at).doubleValue();
        if (percentage < 0 || percentage > 100) {
            throw field.outOfRange("ToleratedFailurePercentage must be between 0 and 100.");
        }
        return percentage;
    }
}
