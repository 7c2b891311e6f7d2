package dev.baton.engine.internal.query;

import dev.baton.engine.internal.intrinsic.CompiledCall;
import org.jspecify.annotations.Nullable;

/// An intrinsic function in a payload template.
public record IntrinsicValue(CompiledCall call) implements Evaluable {

    @Override
    public @Nullable Object evaluate(FieldScope at) {
        return call.evaluate(at);
    }
}
