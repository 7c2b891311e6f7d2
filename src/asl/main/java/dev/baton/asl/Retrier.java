package dev.baton.asl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A retrier, an element of a state's `Retry`: after which errors to try again, how often and how soon. An absent field
/// is null; the `…OrDefault` methods say what it means.
///
/// @param errorEquals error names, never none
/// @param intervalSeconds before the first retry, 1 to 99,999,999
/// @param maxAttempts retries, 0 to 99,999,999
/// @param backoffRate what the interval is multiplied with at each retry, at least 1.0
/// @param maxDelaySeconds what the interval never exceeds, 1 to 31,622,400
public record Retrier(
        List<String> errorEquals,
        @Nullable Number intervalSeconds,
        @Nullable Number maxAttempts,
        @Nullable Number backoffRate,
        @Nullable Number maxDelaySeconds,
        @Nullable JitterStrategy jitterStrategy,
        @Nullable String comment,
        SequencedMap<String, @Nullable Object> unknown) {

    /// The ways to draw a retry's delay.
    public enum JitterStrategy {
        FULL,
        NONE
    }

    public Retrier {
        errorEquals = List.copyOf(errorEquals);
        unknown = ImmutableCopies.of(unknown);
    }

    public long intervalSecondsOrDefault() {
        return intervalSeconds == null ? 1 : intervalSeconds.longValue();
    }

    public long maxAttemptsOrDefault() {
        return maxAttempts == null ? 3 : maxAttempts.longValue();
    }

    public double backoffRateOrDefault() {
        return backoffRate == null ? 2.0 : backoffRate.doubleValue();
    }

    public static Builder builder(List<String> errorEquals) {
        return new Builder(errorEquals);
    }

    public static Builder builder(String... errorEquals) {
        return new Builder(List.of(errorEquals));
    }

    /// Builds a [Retrier].
    public static final class Builder {
        private final List<String> errorEquals;
        private @Nullable Number intervalSeconds;
        private @Nullable Number maxAttempts;
        private @Nullable Number backoffRate;
        private @Nullable Number maxDelaySeconds;
        private @Nullable JitterStrategy jitterStrategy;
        private @Nullable String comment;
        private final SequencedMap<String, @Nullable Object> unknown = new LinkedHashMap<>();

        private Builder(List<String> errorEquals) {
            this.errorEquals = List.copyOf(errorEquals);
        }

        public Builder intervalSeconds(@Nullable Number intervalSeconds) {
            this.intervalSeconds = intervalSeconds;
            return this;
        }

        public Builder maxAttempts(@Nullable Number maxAttempts) {
            this.maxAttempts = maxAttempts;
            return this;
        }

        public Builder backoffRate(@Nullable Number backoffRate) {
            this.backoffRate = backoffRate;
            return this;
        }

        public Builder maxDelaySeconds(@Nullable Number maxDelaySeconds) {
            this.maxDelaySeconds = maxDelaySeconds;
            return this;
        }

        public Builder jitterStrategy(@Nullable JitterStrategy jitterStrategy) {
            this.jitterStrategy = jitterStrategy;
            return this;
        }

        public Builder comment(@Nullable String comment) {
            this.comment = comment;
            return this;
        }

        /// Fields that the language does not know.
        public Builder unknown(Map<String, @Nullable Object> fields) {
            unknown.putAll(fields);
            return this;
        }

        public Retrier build() {
            return new Retrier(
                    errorEquals,
                    intervalSeconds,
                    maxAttempts,
                    backoffRate,
                    maxDelaySeconds,
                    jitterStrategy,
                    comment,
                    unknown);
        }
    }
}
