package dev.baton.lambda.internal.state;

import java.time.Instant;
import java.util.Comparator;

/// Which of two runs started later: it is the one whose work stays.
///
/// @param run the run's id, which decides between two that started in the same millisecond
public record RunOrder(Instant startedAt, String run) implements Comparable<RunOrder> {
    private static final Comparator<RunOrder> ORDER =
            Comparator.comparing(RunOrder::startedAt).thenComparing(order -> order.run());

    @Override
    public int compareTo(RunOrder other) {
        return ORDER.compare(this, other);
    }

    public boolean isLaterThan(RunOrder other) {
        return compareTo(other) > 0;
    }
}
