package dev.baton.engine.internal.query;

import org.jspecify.annotations.Nullable;

/// A value that stands for itself.
public record ConstantValue(@Nullable Object value) implements Evaluable {

    @Override
    public @Nullable Object evaluate(FieldScope at) {
        return value;
    }

    @Override
    public boolean isConstant() {
        return true;
    }
}
