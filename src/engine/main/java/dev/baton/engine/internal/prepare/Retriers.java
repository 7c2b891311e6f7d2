package dev.baton.engine.internal.prepare;

import dev.baton.asl.Retrier;
import dev.baton.engine.internal.failure.StateFailure;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The retriers of a state.
public final class Retriers {
    private static final int[] NONE = {};

    private final List<Retrier> retriers;

    public Retriers(List<Retrier> retriers) {
        this.retriers = List.copyOf(retriers);
    }

    /// Fresh counts, one for each retrier, how often it was used in this visit of the state.
    public int[] counts() {
        return retriers.isEmpty() ? NONE : new int[retriers.size()];
    }

    /// How long to wait before the state is tried again, or null where it is not. Counts the retry.
    public @Nullable Duration delay(StateFailure failure, int[] used, RandomGenerator random) {
        for (var i = 0; i < used.length; i++) {
            var retrier = retriers.get(i);
            if (ErrorMatch.names(retrier.errorEquals(), failure)) {
                return used[i] < retrier.maxAttemptsOrDefault() ? delay(retrier, used[i]++, random) : null;
            }
        }
        return null;
    }

    private static Duration delay(Retrier retrier, int retries, RandomGenerator random) {
        var seconds = retrier.intervalSecondsOrDefault() * Math.pow(retrier.backoffRateOrDefault(), retries);
        if (retrier.maxDelaySeconds() != null) {
            seconds = Math.min(seconds, retrier.maxDelaySeconds().doubleValue());
        }
        if (retrier.jitterStrategy() == Retrier.JitterStrategy.FULL) {
            seconds *= random.nextDouble();
        }
        // A rate that was multiplied often enough exceeds every clock; a year is the longest execution.
        return Duration.ofMillis(Math.round(Math.min(seconds, 31_622_400.0) * 1_000));
    }
}
