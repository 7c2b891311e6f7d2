package dev.baton.lambda.internal.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/// Credentials that last as long as their attempt: work that outlives a session assumes its role again shortly before
/// the session ends. Only who asks for credentials causes that, so that nothing is renewed for nobody. They print as
/// nothing, not even their key's id.
final class LastingCredentials implements AwsCredentialsProvider {
    /// The time before their end at which credentials are renewed: longer than any request that they sign takes to
    /// arrive.
    static final Duration MARGIN = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(LastingCredentials.class);

    private final Supplier<RoleCredentials> renewal;
    private final InstantSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile RoleCredentials held;

    /// @param first what to begin with
    /// @param renewal assumes the role again
    LastingCredentials(RoleCredentials first, Supplier<RoleCredentials> renewal, InstantSource time) {
        this.held = first;
        this.renewal = renewal;
        this.time = time;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        if (isDue(held)) {
            renew();
        }
        return held.credentials();
    }

    /// The time at which the ones that are held now expire.
    Instant expires() {
        return held.expires();
    }

    private boolean isDue(RoleCredentials current) {
        return !time.instant().isBefore(current.expires().minus(MARGIN));
    }

    private void renew() {
        lock.lock();
        try {
            if (!isDue(held)) {
                return;
            }
            held = renewal.get();
        } catch (SdkException e) {
            if (!time.instant().isBefore(held.expires())) {
                throw e;
            }
            // The next request tries again; until their end the old ones are as good.
            LOG.atWarn().setCause(e).log("the task's role could not be assumed again yet");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "the credentials of a task's session";
    }
}
