package dev.baton.compiler.internal.machine;

import dev.baton.asl.Retrier;
import dev.baton.asl.Retrier.JitterStrategy;
import java.util.ArrayList;
import java.util.List;

/// The retriers of states: how states are tried again.
final class StateRetriers {
    /// Thrown where another attempt could only fail the same way. Lambda reports a Java exception by the full name of
    /// its class.
    private static final List<String> FINAL = List.of(
            "dev.baton.task.DataInvalid",
            "dev.baton.task.InvalidInput",
            "dev.baton.task.LinkageFailure",
            "dev.baton.task.Superseded",
            "dev.baton.task.Undeclared");

    /// What the Lambda service itself throws; the function has not failed, or not even run.
    private static final List<String> SERVICE = List.of(
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.SnapStartNotReadyException",
            "Lambda.TooManyRequestsException");

    /// What the await function throws when it could not do its own work.
    private static final String UNREGISTERED = "dev.baton.lambda.Unregistered";

    /// What ECS itself answers where it has no room, or too much to do: no container has failed.
    private static final List<String> CONTAINERS =
            List.of("AmazonECS.Unknown", "ECS.ServerException", "ECS.ThrottlingException");

    private static final int SERVICE_ATTEMPTS = 5;
    private static final int SERVICE_MAX_DELAY = 60;

    private StateRetriers() {}

    /// For a task: never what is final; what the service throws, patiently; the rest as its author says.
    static List<Retrier> of(StateSpec work) {
        var retriers = new ArrayList<>(List.of(never()));
        switch (work.place()) {
            case null -> retriers.add(service());
            case StateSpec.Container container -> retriers.add(containers());
            // Each service has errors of its own.
            case StateSpec.Service service -> {}
        }
        var retrying = work.retrying();
        if (retrying.maxAttempts() > 0) {
            retriers.add(Retrier.builder("States.ALL")
                    .intervalSeconds((long) retrying.intervalSeconds())
                    .maxAttempts((long) retrying.maxAttempts())
                    .backoffRate(retrying.backoffRate())
                    .maxDelaySeconds(
                            retrying.maxDelaySeconds() > retrying.intervalSeconds()
                                    ? (long) retrying.maxDelaySeconds()
                                    : null)
                    .jitterStrategy(JitterStrategy.FULL)
                    .build());
        }
        return retriers;
    }

    /// For Baton's own functions.
    static List<Retrier> ofPin() {
        return List.of(never(), service(), rest());
    }

    /// For what is asked over and over anyway.
    static List<Retrier> ofAsking() {
        return List.of(rest());
    }

    /// For an await: each timeout registers a new token, `attempts` times.
    static List<Retrier> ofAwait(long attempts) {
        return List.of(never(), timeouts(attempts), service(), rest());
    }

    /// For a task that first waits: as its author says, but a timeout is the wait's, and what failed before the wait
    /// was registered is not an attempt of the task's.
    static List<Retrier> ofAwaiting(StateSpec work, long attempts) {
        var own = of(work);
        var retriers = new ArrayList<Retrier>();
        retriers.add(own.getFirst());
        retriers.add(timeouts(attempts));
        retriers.add(unregistered());
        retriers.addAll(own.subList(1, own.size()));
        return retriers;
    }

    /// For what waits for an approval: that nobody was asked is no answer, and everything else is one.
    static List<Retrier> ofApproval() {
        return List.of(service(), unregistered());
    }

    private static Retrier unregistered() {
        return Retrier.builder(List.of(UNREGISTERED))
                .intervalSeconds(2L)
                .maxAttempts(3L)
                .backoffRate(2.0)
                .jitterStrategy(JitterStrategy.FULL)
                .build();
    }

    private static Retrier timeouts(long attempts) {
        return Retrier.builder("States.Timeout")
                .intervalSeconds(1L)
                .maxAttempts(attempts)
                .backoffRate(1.0)
                .comment("Looks again, with a new token, in case a wake-up got lost")
                .build();
    }

    /// The most attempts that there are, the first included.
    static long attempts(List<Retrier> retriers) {
        return 1 + retriers.stream().mapToLong(Retrier::maxAttemptsOrDefault).sum();
    }

    static double worstSeconds(StateSpec work) {
        var seconds = (double) work.timeoutSeconds();
        for (var retrier : of(work)) {
            var delay = (double) retrier.intervalSecondsOrDefault();
            var limit = retrier.maxDelaySeconds() == null
                    ? Double.MAX_VALUE
                    : retrier.maxDelaySeconds().doubleValue();
            for (var attempt = 0; attempt < retrier.maxAttemptsOrDefault(); attempt++) {
                seconds += work.timeoutSeconds() + Math.min(delay, limit);
                delay *= retrier.backoffRateOrDefault();
            }
        }
        return seconds;
    }

    private static Retrier never() {
        return Retrier.builder(FINAL).maxAttempts(0L).build();
    }

    private static Retrier service() {
        return Retrier.builder(SERVICE)
                .intervalSeconds(2L)
                .maxAttempts((long) SERVICE_ATTEMPTS)
                .backoffRate(2.0)
                .maxDelaySeconds((long) SERVICE_MAX_DELAY)
                .jitterStrategy(JitterStrategy.FULL)
                .build();
    }

    private static Retrier containers() {
        return Retrier.builder(CONTAINERS)
                .intervalSeconds(10L)
                .maxAttempts((long) SERVICE_ATTEMPTS)
                .backoffRate(2.0)
                .maxDelaySeconds(300L)
                .jitterStrategy(JitterStrategy.FULL)
                .build();
    }

    private static Retrier rest() {
        return Retrier.builder("States.ALL")
                .intervalSeconds(2L)
                .maxAttempts(3L)
                .backoffRate(2.0)
                .jitterStrategy(JitterStrategy.FULL)
                .build();
    }
}
