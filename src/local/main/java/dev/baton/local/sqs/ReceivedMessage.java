package dev.baton.local.sqs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as a receiver got it.
///
/// @param receiptHandle what it is deleted by, until it is received again
/// @param receiveCount how often it was received, this time included
public record ReceivedMessage(QueueMessage message, String receiptHandle, int receiveCount, Instant firstReceived) {
    public String md5OfBody() {
        return MessageDigests.md5(message.content().body());
    }

    /// The system attributes, by name: `SentTimestamp`, `SenderId` …
    public Map<String, String> attributes() {
        var content = message.content();
        var system = new LinkedHashMap<String, @Nullable String>();
        system.put("SenderId", message.senderId());
        system.put("SentTimestamp", Long.toString(message.sent().toEpochMilli()));
        system.put("ApproximateReceiveCount", Integer.toString(receiveCount));
        system.put("ApproximateFirstReceiveTimestamp", Long.toString(firstReceived.toEpochMilli()));
        system.put("SequenceNumber", message.sequenceNumber());
        system.put("MessageDeduplicationId", content.deduplicationId());
        system.put("MessageGroupId", content.groupId());
        system.put("AWSTraceHeader", content.traceHeader());
        system.put("DeadLetterQueueSourceArn", message.source());
        var there = new LinkedHashMap<String, String>();
        system.forEach((name, value) -> {
            if (value != null) {
                there.put(name, value);
            }
        });
        return there;
    }
}
