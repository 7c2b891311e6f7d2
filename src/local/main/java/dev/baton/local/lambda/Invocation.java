package dev.baton.local.lambda;

import dev.baton.local.iam.Caller;

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
public record Invocation(
        String requestId,
        String function,
        String version,
        String invokedArn,
        Caller caller,
        boolean asynchronous,
        int attempt,
        byte[] payload) {}
