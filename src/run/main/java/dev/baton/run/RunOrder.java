package dev.baton.run;

import java.time.Instant;

/// Which of two runs started later: it is the one whose work stays.
///
/// @param run the run's id, which decides between two that started in the same millisecond
public record RunOrder(Instant startedAt, String run) implements Comparable<RunOrder> {
    @Override
    public int compareTo(RunOrder other) {
        var byStart = startedAt.compareTo(other.startedAt);
        return byStart == 0 ? run.compareTo(other.run) : byStart;
    }

    public boolean isLaterThan(RunOrder other) {
        return compareTo(other) > 0;
    }

    /// Whether it is the same run.
    public boolean isOf(RunOrder other) {
        return compareTo(other) == 0;
    }
}
