package dev.baton.local.sqs;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The answers of the last five minutes to receivers of a FIFO queue that may ask again because they did not get them.
final class ReceiveAttempts {
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Map<String, Answer> byId = new LinkedHashMap<>();

    private record Answer(List<ReceivedMessage> messages, Instant at) {}

    /// The same answer again, while all of its messages are as they were.
    @Nullable
    List<ReceivedMessage> find(String id, Instant now, Predicate<ReceivedMessage> isCurrent) {
        var oldest = now.minus(WINDOW);
        byId.values().removeIf(answer -> !answer.at().isAfter(oldest));
        var answer = byId.get(id);
        return answer != null && answer.messages().stream().allMatch(isCurrent) ? answer.messages() : null;
    }

    void add(String id, List<ReceivedMessage> messages, Instant at) {
        byId.put(id, new Answer(messages, at));
    }
}
