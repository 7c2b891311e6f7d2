package dev.baton.engine.inspect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The end of a state that was run alone.
///
/// @param output null also where there is none: see [Status]
/// @param nextState where an execution would go on, or null
/// @param assigned the variables that it assigned, or null
/// @param exchange what an HTTP task sent and got, or null
/// @param data what it made of its data step by step, by the names of TestState's InspectionData
public record StateTestResult(
        Status status,
        @Nullable Object output,
        @Nullable String error,
        @Nullable String cause,
        @Nullable String nextState,
        @Nullable Map<String, @Nullable Object> assigned,
        @Nullable StateTestExchange exchange,
        Map<String, @Nullable Object> data) {

    /// The ends of a state; those with an output first.
    public enum Status {
        SUCCEEDED,
        CAUGHT_ERROR,
        RETRIABLE,
        FAILED;

        public boolean hasOutput() {
            return this == SUCCEEDED || this == CAUGHT_ERROR;
        }
    }
}
