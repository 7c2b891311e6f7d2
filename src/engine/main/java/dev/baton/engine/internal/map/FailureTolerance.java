package dev.baton.engine.internal.map;

import org.jspecify.annotations.Nullable;

/// The number of items of a Map Run that may fail.
///
/// @param count null where the definition sets none
/// @param percentage null where the definition sets none
public record FailureTolerance(
        @Nullable Long count, @Nullable Double percentage) {

    public boolean isExceeded(long failed, long total) {
        return isExceeded(failed, total, true);
    }

    /// @param whole whether the total is known: as long as it is not, it may grow, and a percentage says nothing
    public boolean isExceeded(long failed, long total, boolean whole) {
        if (failed == 0) {
            return false;
        }
        if (count == null && percentage == null) {
            return true;
        }
        return (count != null && failed > count)
                || (whole && percentage != null && failed * 100.0 > percentage * total);
    }

    public double percentageOrZero() {
        return percentage == null ? 0 : percentage;
    }

    public long countOrZero() {
        return count == null ? 0 : count;
    }
}
