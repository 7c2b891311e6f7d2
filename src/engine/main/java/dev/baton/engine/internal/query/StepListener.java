package dev.baton.engine.internal.query;

import org.jspecify.annotations.Nullable;

/// Is told what a state makes of its data step by step, by the names of TestState's InspectionData.
@FunctionalInterface
public interface StepListener {
    /// @param step such as `afterInputPath`
    void made(String step, @Nullable Object value);
}
