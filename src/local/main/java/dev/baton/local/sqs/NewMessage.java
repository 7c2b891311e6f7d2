package dev.baton.local.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message that somebody sends.
///
/// @param delaySeconds how long it stays hidden; null for as long as the queue says
/// @param traceHeader the system attribute `AWSTraceHeader`
/// @param groupId the group in which a FIFO queue keeps the order
/// @param deduplicationId what a FIFO queue tells duplicates by
public record NewMessage(
        String body,
        Map<String, MessageAttribute> attributes,
        @Nullable String traceHeader,
        @Nullable Integer delaySeconds,
        @Nullable String groupId,
        @Nullable String deduplicationId) {

    public NewMessage {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /// One with a body alone.
    public static NewMessage of(String body) {
        return new NewMessage(body, Map.of(), null, null, null, null);
    }

    /// The same with attributes.
    public NewMessage with(Map<String, MessageAttribute> more) {
        return new NewMessage(body, more, traceHeader, delaySeconds, groupId, deduplicationId);
    }

    /// The same in a group of a FIFO queue.
    ///
    /// @param duplicates what the queue tells duplicates by; null for the content, where the queue is told so
    public NewMessage in(@Nullable String group, @Nullable String duplicates) {
        return new NewMessage(body, attributes, traceHeader, delaySeconds, group, duplicates);
    }

    /// What counts against the limits, in bytes.
    int size() {
        int size = body.getBytes(StandardCharsets.UTF_8).length;
        for (var attribute : attributes.entrySet()) {
            size += attribute.getKey().getBytes(StandardCharsets.UTF_8).length
                    + attribute.getValue().type().length()
                    + attribute.getValue().bytes().length;
        }
        return size;
    }
}
