package dev.baton.local.sqs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message in a queue, and what became of it so far. Its queue's lock guards it.
final class QueueEntry {
    final QueueMessage message;
    /// Its place among those that are there.
    final long order;
    Phase phase = Phase.HIDDEN;
    Instant visibleAt;
    int receiveCount;

    @Nullable
    Instant firstReceived;

    /// The phases of a message that is not deleted.
    enum Phase {
        /// Sent with a delay, or just being taken.
        HIDDEN,
        AVAILABLE,
        IN_FLIGHT
    }

    QueueEntry(QueueMessage message, long order, Instant visibleAt) {
        this.message = message;
        this.order = order;
        this.visibleAt = visibleAt;
    }

    String group() {
        var group = message.content().groupId();
        return group == null ? "" : group;
    }
}
