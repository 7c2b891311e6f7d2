package dev.baton.local.sns;

import dev.baton.engine.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The order of a FIFO topic's messages, and what it remembers of those of the last five minutes: one that is published
/// again within them is accepted and not delivered. A restart forgets that; numbers grow across it.
final class FifoOrder {
    private static final Duration MEMORY = Duration.ofMinutes(5);

    private final Scheduler scheduler;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private long last;

    /// What was answered to a message.
    record Seen(String messageId, String sequence, Instant time) {}

    FifoOrder(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /// The answer to an earlier message with the same id; null where there is none.
    @Nullable
    Seen earlier(String deduplicationId) {
        var since = scheduler.now().minus(MEMORY);
        var oldest = seen.values().iterator();
        while (oldest.hasNext() && oldest.next().time().isBefore(since)) {
            oldest.remove();
        }
        return seen.get(deduplicationId);
    }

    String next() {
        var now = scheduler.now();
        last = Math.max(last + 1, now.toEpochMilli() * 1_000);
        return "1" + String.format("%019d", last);
    }

    void remember(String deduplicationId, Seen answered) {
        seen.remove(deduplicationId);
        seen.put(deduplicationId, answered);
    }
}
