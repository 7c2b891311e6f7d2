package dev.baton.engine.internal.query;

import org.jspecify.annotations.Nullable;

/// A field's value in executable form: written out, a path, an intrinsic function, an expression, or a template of
/// those.
public sealed interface Evaluable
        permits ConstantValue, PathValue, CompiledCall, JsonataValue, ObjectTemplate, ArrayTemplate {

    /// The JSON value for this moment.
    ///
    /// @throws dev.baton.engine.internal.failure.StateFailure when there is none
    @Nullable
    Object evaluate(FieldScope at);

    /// Whether the value is always the same.
    default boolean isConstant() {
        return false;
    }
}
