package dev.baton.local.lambda.function;

import dev.baton.local.caller.Caller;
import org.jspecify.annotations.Nullable;

/// One run of a function.
///
/// @param requestId of this invocation; retries of an asynchronous one keep it
/// @param function its name
/// @param version `$LATEST` or a number
/// @param invokedArn the ARN that was asked for, with its qualifier where it had one
/// @param caller who asked
/// @param asynchronous whether nobody waits for the result
/// @param attempt 1, and more for the retries of an asynchronous invocation
/// @param payload JSON
/// @param origin what else the caller said
public record Invocation(
        String requestId,
        String function,
        String version,
        String invokedArn,
        Caller caller,
        boolean asynchronous,
        int attempt,
        byte[] payload,
        Origin origin) {

    /// The headers of Invoke, which stand beside the payload.
    ///
    /// @param clientContext `X-Amz-Client-Context`, decoded: a JSON object
    /// @param traceId `X-Amzn-Trace-Id`
    public record Origin(
            @Nullable String clientContext, @Nullable String traceId) {
        public static final Origin NONE = new Origin(null, null);
    }

    /// The same, tried again.
    public Invocation again() {
        return new Invocation(
                requestId, function, version, invokedArn, caller, asynchronous, attempt + 1, payload, origin);
    }
}
