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

    private final List<Entry> entries;

    public Retriers(List<Retrier> retriers) {
        this.entries = retriers.stream().map(Entry::of).toList();
    }

    /// A retrier with its defaults.
    ///
    /// @param maxDelaySeconds infinite where the definition has no bound
    private record Entry(
            List<String> errorEquals,
            long intervalSeconds,
            long maxAttempts,
            double backoffRate,
            double maxDelaySeconds,
            boolean jitters) {
        static Entry of(Retrier retrier) {
            return switch (retrier) {
                case Retrier(
                        var errorEquals,
                        var intervalSeconds,
                        var maxAttempts,
                        var backoffRate,
                        var maxDelaySeconds,
                        var jitterStrategy,
                        var comment,
                        var unknown) ->
                    new Entry(
                            errorEquals,
                            retrier.intervalSecondsOrDefault(),
                            retrier.maxAttemptsOrDefault(),
                            retrier.backoffRateOrDefault(),
                            maxDelaySeconds == null ? Double.POSITIVE_INFINITY : maxDelaySeconds.doubleValue(),
                            jitterStrategy == Retrier.JitterStrategy.FULL);
            };
        }
    }

    /// Fresh counts, one for each retrier, how often it was used in this visit of the state.
    public int[] counts() {
        return entries.isEmpty() ? NONE : new int[entries.size()];
    }

    /// The delay before the state is tried again, or null where it is not. Counts the retry.
    public @Nullable Duration delay(StateFailure failure, int[] used, RandomGenerator random) {
        for (var i = 0; i < used.length; i++) {
            var entry = entries.get(i);
            if (ErrorMatch.names(entry.errorEquals, failure)) {
                return used[i] < entry.maxAttempts ? delay(entry, used[i]++, random) : null;
            }
        }
        return null;
    }

    private static Duration delay(Entry entry, int retries, RandomGenerator random) {
        var seconds = Math.min(entry.intervalSeconds * Math.pow(entry.backoffRate, retries), entry.maxDelaySeconds);
        if (entry.jitters) {
            seconds *= random.nextDouble();
        }
        // A rate that was multiplied often enough exceeds every clock; a year is the longest execution.
        return Duration.ofMillis(Math.round(Math.min(seconds, 31_622_400.0) * 1_000));
    }
}
