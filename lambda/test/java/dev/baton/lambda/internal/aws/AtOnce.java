package dev.baton.lambda.internal.aws;

import java.time.Duration;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/// A backoff that takes no time: as much is tried again, at once.
public enum AtOnce implements Backoff {
    INSTANCE;

    @Override
    public void pass(Duration time) {
        // It is over already.
    }

    @Override
    public RetryStrategy strategy(StandardRetryStrategy usual) {
        return usual.toBuilder()
                .backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .build();
    }
}
