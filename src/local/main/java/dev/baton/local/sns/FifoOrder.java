package dev.baton.local.sns;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.delivery.DeliveryJournal.Memo;
import dev.baton.local.internal.StoredJson;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The order of a FIFO topic's messages, and what it remembers of those of the last five minutes: one that is published
/// again within them is accepted and not delivered, also after a restart. Numbers grow across it.
final class FifoOrder {
    private static final Duration MEMORY = Duration.ofMinutes(5);

    private final Scheduler scheduler;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private long last;

    /// What was answered to a message.
    record Seen(String messageId, String sequence, Instant time) {
        /// What tells after a restart that a topic has had it.
        Memo memo(String topicArn, String deduplicationId) {
            return new Memo(
                    Map.of(
                            "topic",
                            topicArn,
                            "deduplication",
                            deduplicationId,
                            "message",
                            messageId,
                            "sequence",
                            sequence,
                            "time",
                            time.toString()),
                    time.plus(MEMORY));
        }
    }

    /// What tells after a restart that a topic was deleted: another of its name has had nothing.
    static Memo deleted(String topicArn, Instant now) {
        return new Memo(Map.of("topic", topicArn), now.plus(MEMORY));
    }

    /// The orders of topics as memos tell them.
    static Map<String, FifoOrder> all(List<Memo> memos, Scheduler scheduler) {
        var orders = new HashMap<String, FifoOrder>();
        for (var memo : memos) {
            var json = new StoredJson(new HashMap<>(memo.content()));
            if (json.has("message")) {
                orders.computeIfAbsent(json.text("topic"), arn -> new FifoOrder(scheduler))
                        .remember(
                                json.text("deduplication"),
                                new Seen(
                                        json.text("message"), json.text("sequence"), Instant.parse(json.text("time"))));
            } else {
                orders.remove(json.text("topic"));
            }
        }
        return orders;
    }

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
