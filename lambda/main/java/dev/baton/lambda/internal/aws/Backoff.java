package dev.baton.lambda.internal.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.retries.api.RetryStrategy;

/// How a function waits before it tries something again. In Lambda its thread sleeps; where time is simulated, that
/// time goes by and no other.
public interface Backoff {
    /// The thread sleeps, and the SDK's own clients wait as they do by themselves.
    Backoff ASLEEP = Thread::sleep;

    /// Lets a time go by.
    ///
    /// @throws InterruptedException when nobody waits for the outcome any more
    void pass(Duration time) throws InterruptedException;

    /// What decides whether, and how often, something is tried again.
    ///
    /// @param usual what decides it in Lambda
    default RetryStrategy strategy(RetryStrategy usual) {
        return usual;
    }

    /// Makes a client of the SDK, which waits by itself, wait in the same way.
    ///
    /// @param builder of the client, whose configuration is otherwise complete
    default void lend(AwsClientBuilder<?, ?> builder) {}
}
