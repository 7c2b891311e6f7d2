package dev.baton.jsonata.evaluation;

import java.time.Duration;

/// The limits on what one evaluation may use up.
///
/// @param time how long it may take, by the wall clock
/// @param depth how many expressions may be under way inside one another
/// @param stringLength how many characters a string may have that the evaluation makes
/// @param elements how many elements an array may have that the evaluation makes
/// @param allocation how many bytes it may allocate in all, kept or not; counted where the thread is a platform thread
public record Limits(Duration time, int depth, int stringLength, int elements, long allocation) {
    /// Half a gigabyte, and of a small heap the half: most of it is garbage at once.
    private static final long USUAL_ALLOCATION =
            Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 2);

    /// The limits of Step Functions as far as its users have found out: depth 100, `[1..873782]` and no more, and a
    /// string of 2^22 characters but not of 2^23, both of which would be a limit of 873,782 times eight bytes.
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(5), 100, 873_782 * 8, 873_782);

    /// With the usual allocation.
    public Limits(Duration time, int depth, int stringLength, int elements) {
        this(time, depth, stringLength, elements, USUAL_ALLOCATION);
    }

    public Limits {
        if (time.isNegative() || depth < 1 || stringLength < 0 || elements < 0 || allocation < 0) {
            throw new IllegalArgumentException("limits must not be negative, and depth at least 1");
        }
    }
}
