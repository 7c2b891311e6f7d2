package dev.baton.local.sqs;

import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message that a queue has taken.
///
/// @param senderId the user id of who sent it
/// @param sequence its place in a FIFO queue; 0 in others
/// @param source the ARN of the queue that gave it up, where it is a dead letter
public record QueueMessage(
        String id,
        NewMessage content,
        String senderId,
        Instant sent,
        long sequence,
        @Nullable String source) {

    /// As the API writes it.
    @Nullable
    String sequenceNumber() {
        return sequence == 0 ? null : String.format("%020d", sequence);
    }

    QueueMessage deadLetterOf(String queueArn) {
        return new QueueMessage(id, content, senderId, sent, sequence, queueArn);
    }

    Map<String, @Nullable Object> json() {
        return new JsonAnswer()
                .put("m", id)
                .put("body", content.body())
                .putIf(
                        "attributes",
                        content.attributes().isEmpty() ? null : MessageAttribute.json(content.attributes()))
                .putIf("trace", content.traceHeader())
                .putIf("group", content.groupId())
                .putIf("dedup", content.deduplicationId())
                .put("sender", senderId)
                .put("sent", sent.toEpochMilli())
                .putIf("sequence", sequence == 0 ? null : sequence)
                .putIf("source", source)
                .map();
    }

    static QueueMessage stored(StoredJson json) {
        var attributes = json.has("attributes")
                ? MessageAttribute.stored(json.object("attributes"))
                : new LinkedHashMap<String, MessageAttribute>();
        return new QueueMessage(
                json.text("m"),
                new NewMessage(
                        json.text("body"),
                        attributes,
                        json.textIf("trace"),
                        null,
                        json.textIf("group"),
                        json.textIf("dedup")),
                json.text("sender"),
                json.time("sent"),
                json.has("sequence") ? json.number("sequence") : 0,
                json.textIf("source"));
    }
}
