package dev.baton.lambda.internal.aws;

import java.time.Duration;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/// The wait of a function before it tries something again. In Lambda its thread sleeps; where time is simulated, that
/// time goes by and no other.
public interface Backoff {
    /// The thread sleeps, and so it does in the SDK's clients.
    Backoff ASLEEP = Thread::sleep;

    /// Lets a time go by.
    ///
    /// @throws InterruptedException when nobody waits for the outcome any more
    void pass(Duration time) throws InterruptedException;

    /// What decides whether, how often, and after what time the SDK's clients try again.
    ///
    /// @param usual what decides it in Lambda
    default RetryStrategy strategy(StandardRetryStrategy usual) {
        return usual;
    }
}
