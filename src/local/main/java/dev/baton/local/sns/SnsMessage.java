package dev.baton.local.sns;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message that was published to a topic.
///
/// @param text its body, for receivers that have none of their own
/// @param texts bodies of their own, by protocol
/// @param group the order within which it is delivered, of FIFO; null where none was given
/// @param sequence its place in the topic; null where that is not FIFO
record SnsMessage(
        String id,
        String topicArn,
        @Nullable String subject,
        String text,
        Map<String, String> texts,
        Map<String, SnsAttribute> attributes,
        @Nullable String group,
        @Nullable String deduplicationId,
        @Nullable String sequence,
        Instant time) {

    String text(String protocol) {
        return texts.getOrDefault(protocol, text);
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
