package dev.baton.engine.inspect;

import org.jspecify.annotations.Nullable;

/// The result that a state's work is taken to have given, so that nothing is called.
public sealed interface StateTestMock {
    /// It succeeded.
    ///
    /// @param value a JSON value
    record Result(@Nullable Object value) implements StateTestMock {}

    /// It failed.
    ///
    /// @param error its name, such as `States.Timeout`; null where the mock says none
    record Failure(@Nullable String error, @Nullable String cause) implements StateTestMock {}
}
