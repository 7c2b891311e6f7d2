package dev.baton.engine.inspect;

import org.jspecify.annotations.Nullable;

/// What a state's work is taken to have given, so that nothing is called.
public sealed interface TrialMock {
    /// @param value a JSON value
    record Result(@Nullable Object value) implements TrialMock {}

    record Failure(@Nullable String error, @Nullable String cause) implements TrialMock {}
}
