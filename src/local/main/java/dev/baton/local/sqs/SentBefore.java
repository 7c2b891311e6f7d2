package dev.baton.local.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages that a FIFO queue has had within the last five minutes, deleted ones included: their duplicates are
/// taken and not delivered.
final class SentBefore {
    static final Duration WINDOW = Duration.ofMinutes(5);

    private final Map<String, Sent> byKey = new LinkedHashMap<>();

    /// A message that was sent.
    record Sent(String messageId, long sequence, Instant at) {}

    @Nullable
    Sent find(String key, Instant now) {
        forget(now);
        return byKey.get(key);
    }

    private void forget(Instant now) {
        var oldest = now.minus(WINDOW);
        var each = byKey.values().iterator();
        while (each.hasNext() && !each.next().at().isAfter(oldest)) {
            each.remove();
        }
    }

    void add(String key, QueueMessage message, Instant at) {
        byKey.remove(key);
        byKey.put(key, new Sent(message.id(), message.sequence(), at));
    }
}
