package dev.baton.local.lambda;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The result of an invocation.
///
/// @param version that ran
/// @param payload JSON: what the function wrote, or the error as the Java runtime reports it
/// @param functionError `Unhandled` where the function failed, which the API puts in `X-Amz-Function-Error`
/// @param errorType the exception's class name where the function failed
public record InvocationResult(
        String requestId,
        String version,
        byte[] payload,
        @Nullable String functionError,
        @Nullable String errorType,
        Duration elapsed) {

    public boolean failed() {
        return functionError != null;
    }
}
