package dev.baton.lambda.simulation;

import dev.baton.lambda.internal.aws.Backoff;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/// Waits that take virtual time alone. What is tried again, and how often, is up to the SDK.
enum VirtualPatience implements Backoff {
    INSTANCE;

    @Override
    public void pass(Duration time) throws InterruptedException {
        if (!time.isZero()) {
            LiveInvocation.current().waitToTryAgain();
        }
    }

    /// Without the memory of how often it was of no use, which would go from one simulation to the next.
    @Override
    public RetryStrategy strategy(StandardRetryStrategy usual) {
        return new Waited(usual.toBuilder().circuitBreakerEnabled(false).build());
    }

    /// A strategy that has waited before it says that something may be tried again.
    private record Waited(RetryStrategy strategy) implements RetryStrategy {
        @Override
        public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
            return strategy.acquireInitialToken(request);
        }

        @Override
        public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
            var refreshed = strategy.refreshRetryToken(request);
            try {
                LiveInvocation.current().waitToTryAgain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SdkClientException.create("interrupted", e);
            }
            return RefreshRetryTokenResponse.create(refreshed.token(), Duration.ZERO);
        }

        @Override
        public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
            return strategy.recordSuccess(request);
        }

        @Override
        public int maxAttempts() {
            return strategy.maxAttempts();
        }

        @Override
        public boolean useClientDefaults() {
            return strategy.useClientDefaults();
        }

        @Override
        public Builder<?, ?> toBuilder() {
            throw new UnsupportedOperationException();
        }
    }
}
