package dev.baton.jsonata;

import java.time.Duration;

/// What one evaluation may use up.
///
/// @param time how long it may take, by the wall clock
/// @param depth how many expressions may be under way inside one another
/// @param stringLength how many characters a string may have that the evaluation makes
/// @param elements how many elements an array may have that the evaluation makes
public record Limits(Duration time, int depth, int stringLength, int elements) {
    /// What Step Functions allows as far as its users have found out: depth 100, and less than 900,000 elements.
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), 100, 8 << 20, 500_000);

    public Limits {
        if (time.isNegative() || depth < 1 || stringLength < 0 || elements < 0) {
            throw new IllegalArgumentException("limits must not be negative, and depth at least 1");
        }
    }
}
