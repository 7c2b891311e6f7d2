package dev.baton.run;

import dev.baton.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How an asynchronous invocation of a function ended, in the words in which Step Functions tells it of a synchronous
/// one: retriers must not see the difference.
public sealed interface InvocationEnd {
    /// The longest error that Step Functions takes, in characters.
    int MAX_ERROR = 256;

    /// The longest cause that Step Functions takes, in characters.
    int MAX_CAUSE = 32_768;

    /// The function answered.
    ///
    /// @param output JSON
    record Succeeded(String output) implements InvocationEnd {}

    /// The function failed, or Lambda could not run it.
    ///
    /// @param error what retriers match, such as `dev.baton.task.DataInvalid` or `Sandbox.Timedout`
    /// @param cause what the function or Lambda said, mostly JSON
    record Failed(String error, String cause) implements InvocationEnd {}

    /// Reads Lambda's record of an invocation.
    static InvocationEnd of(StrictFields fields) {
        var condition = fields.object("requestContext").string("condition");
        if (condition.equals("Success")) {
            return new Succeeded(Json.print(fields.values().get("responsePayload")));
        }
        if (!fields.has("responsePayload")) {
            // It stayed in the queue for too long, because the function was throttled: nothing has run.
            return new Failed(
                    "Lambda.TooManyRequestsException", "Lambda could not run the function in time (" + condition + ")");
        }
        var said = fields.values().get("responsePayload");
        return new Failed(error(said), cut(Json.print(said), MAX_CAUSE));
    }

    private static String error(@Nullable Object said) {
        return said instanceof Map<?, ?> object && object.get("errorType") instanceof String type && !type.isEmpty()
                ? cut(type, MAX_ERROR)
                : "Lambda.Unknown";
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
