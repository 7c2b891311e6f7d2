package dev.baton.cli.deploy.put;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Requests that name a role. IAM answers when it has a role itself; other services, and IAM where a policy names the
/// role, hear of it some seconds later, and until then refuse what names it. Nothing tells when they have heard.
final class NewRoles {
    /// What Lambda, Step Functions and IAM say of a role that they have not heard of.
    private static final Pattern UNHEARD = Pattern.compile(
            "cannot be assumed by Lambda|authorized to assume the provided role|Invalid principal in policy");

    private static final int ATTEMPTS = 13;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Pause pause;

    /// Waits for a time.
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    NewRoles() {
        this(Thread::sleep);
    }

    NewRoles(Pause pause) {
        this.pause = pause;
    }

    /// The answer to a request, once it is one: for a minute it is asked again while the service does not know a role.
    <T> T heardOf(Supplier<T> request) {
        for (var attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (AwsServiceException e) {
                if (attempt == ATTEMPTS
                        || e.awsErrorDetails() == null
                        || !UNHEARD.matcher(String.valueOf(e.awsErrorDetails().errorMessage()))
                                .find()) {
                    throw e;
                }
            }
            try {
                pause.of(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a role becomes known", e);
            }
        }
    }
}
