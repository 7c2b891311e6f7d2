package dev.baton.local.states.mock;

import dev.baton.local.http.AwsError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One answer of a mock.
///
/// @param delay how long after the request it comes
public record MockReply(Outcome outcome, Duration delay) {

    /// The end of the attempt.
    public sealed interface Outcome {}

    /// The task succeeds.
    ///
    /// @param value its result, a JSON value
    public record Result(@Nullable Object value, Fit fit) implements Outcome {}

    /// The task fails.
    public record Failure(String error, @Nullable String cause) implements Outcome {}

    /// The task stays open: whoever has its token ends it, or its timeout does.
    public record Open() implements Outcome {}

    /// How closely a result is held against the model of the API, as TestState's `fieldValidationMode` has it.
    public enum Fit {
        /// What the model requires must be there, and all must be of its type.
        STRICT,
        /// What is there must be of its type.
        PRESENT,
        /// Anything goes.
        NONE;

        /// @throws dev.baton.local.http.AwsError `ValidationException` where the value is not what the service could
        ///     answer
        void check(String resource, @Nullable Object value) {
            if (this != NONE) {
                MockAnswer.check(resource, value, this == STRICT);
            }
        }
    }

    /// What of this answer the resource could never give; null where it could.
    public @Nullable String misfit(String resource) {
        if (!(outcome instanceof Result(var value, var fit))) {
            return null;
        }
        try {
            fit.check(resource, value);
            return null;
        } catch (AwsError e) {
            return e.message();
        }
    }
}
