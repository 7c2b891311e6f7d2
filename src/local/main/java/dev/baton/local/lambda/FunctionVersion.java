package dev.baton.local.lambda;

import dev.baton.local.lambda.function.LambdaFunction;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/// A function's code and configuration under a version, and its idle sandboxes.
///
/// @param version `$LATEST` or a number
record FunctionVersion(
        LambdaFunction function, String version, String arn, Instant modified, ConcurrentLinkedDeque<Sandbox> idle) {
    static final String LATEST = "$LATEST";

    FunctionVersion(LambdaFunction function, String version, String arn, Instant modified) {
        this(function, version, arn, modified, new ConcurrentLinkedDeque<>());
    }

    /// A sandbox that nobody uses and whose credentials still last.
    @Nullable
    Sandbox take(Instant now) {
        for (var sandbox = idle.pollFirst(); sandbox != null; sandbox = idle.pollFirst()) {
            if (now.isBefore(sandbox.freshUntil())) {
                return sandbox;
            }
        }
        return null;
    }

    void giveBack(Sandbox sandbox) {
        idle.addFirst(sandbox);
    }
}
