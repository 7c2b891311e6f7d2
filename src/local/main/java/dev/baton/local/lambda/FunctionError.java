package dev.baton.local.lambda;

import dev.baton.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The answer of a failed function, as Lambda's Java runtime writes it.
///
/// @param type the exception's class name, which Step Functions takes for the error's name
/// @param payload a JSON object
record FunctionError(String type, byte[] payload) {
    /// Deeper causes say nothing new, and exceptions can be their own cause.
    private static final int MAX_CAUSES = 8;

    /// What a function may answer, in bytes: 6 MB and 100 bytes for what surrounds it.
    static final int MAX_RESPONSE = 6_291_556;

    /// @param requestId of the invocation
    static FunctionError of(String requestId, Throwable thrown) {
        return thrown instanceof FunctionExit exit ? exited(requestId, exit) : of(thrown);
    }

    private static FunctionError of(Throwable thrown) {
        return new FunctionError(thrown.getClass().getName(), Json.bytes(object(thrown, 0)));
    }

    private static Map<String, @Nullable Object> object(Throwable thrown, int depth) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        if (thrown.getMessage() != null) {
            object.put("errorMessage", thrown.getMessage());
        }
        object.put("errorType", thrown.getClass().getName());
        object.put(
                "stackTrace",
                Arrays.stream(thrown.getStackTrace())
                        .takeWhile(frame -> !frame.getClassName().startsWith(Sandboxes.class.getName()))
                        .map(StackTraceElement::toString)
                        .toList());
        var cause = thrown.getCause();
        if (cause != null && depth < MAX_CAUSES) {
            object.put("cause", object(cause, depth + 1));
        }
        return object;
    }

    /// As for a process that ended, and what its log would have told.
    private static FunctionError exited(String requestId, FunctionExit exit) {
        var how = exit.status() == 0
                ? "Runtime exited without providing a reason"
                : "Runtime exited with error: exit status " + exit.status();
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("errorType", "Runtime.ExitError");
        object.put("errorMessage", "RequestId: " + requestId + " Error: " + how + ": " + exit.getMessage());
        return new FunctionError("Runtime.ExitError", Json.bytes(object));
    }

    static FunctionError tooLarge() {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put(
                "errorMessage",
                "Response payload size exceeded maximum allowed payload size (" + MAX_RESPONSE + " bytes).");
        object.put("errorType", "Function.ResponseSizeTooLarge");
        return new FunctionError("Function.ResponseSizeTooLarge", Json.bytes(object));
    }

    static FunctionError timedOut(String requestId, Duration timeout) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("errorType", "Sandbox.Timedout");
        object.put(
                "errorMessage",
                String.format(
                        Locale.ROOT,
                        "RequestId: %s Error: Task timed out after %.2f seconds",
                        requestId,
                        timeout.toMillis() / 1000.0));
        return new FunctionError("Sandbox.Timedout", Json.bytes(object));
    }
}
