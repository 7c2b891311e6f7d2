package dev.baton.local.sns;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.service.ApiInput;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request publishes, checked for its topic.
///
/// @param texts bodies of their own, by protocol
record Publication(
        String text,
        Map<String, String> texts,
        @Nullable String subject,
        Map<String, SnsAttribute> attributes,
        @Nullable String group,
        @Nullable String deduplicationId,
        long size) {
    static final int LARGEST = 256 << 10;

    /// @throws AwsError `InvalidParameter`, `ParameterValueInvalid`
    static Publication of(ApiInput request, Topic topic) {
        var message = request.text("Message", "");
        var subject = request.text("Subject");
        var group = request.text("MessageGroupId");
        var deduplicationId = request.text("MessageDeduplicationId");
        if (message.isEmpty()) {
            throw SnsErrors.invalid("Empty message");
        }
        if (subject != null && !isSubject(subject)) {
            throw SnsErrors.invalid("Subject");
        }
        if (topic.isFifo()) {
            if (group == null) {
                throw SnsErrors.invalid("The MessageGroupId parameter is required for FIFO topics");
            }
            if (deduplicationId == null && !topic.deduplicatesByContent()) {
                throw SnsErrors.invalid("The topic should either have ContentBasedDeduplication enabled or"
                        + " MessageDeduplicationId provided explicitly");
            }
        } else if (deduplicationId != null) {
            throw SnsErrors.invalid("MessageDeduplicationId Reason: The request includes MessageDeduplicationId"
                    + " parameter that is not valid for this topic type");
        }
        checkId("MessageGroupId", group);
        checkId("MessageDeduplicationId", deduplicationId);
        var attributes = SnsAttribute.all(request);
        long size = SnsMessage.bytes(message)
                + attributes.entrySet().stream()
                        .mapToLong(
                                each -> each.getKey().length() + each.getValue().size())
                        .sum();
        if (size > LARGEST) {
            throw SnsErrors.invalid("Message too long");
        }
        var structure = request.text("MessageStructure");
        if (structure != null && !structure.equals("json")) {
            throw SnsErrors.invalid("MessageStructure");
        }
        var texts = structure == null ? Map.<String, String>of() : texts(message);
        return new Publication(
                structure == null ? message : String.valueOf(texts.get("default")),
                texts,
                subject,
                attributes,
                group,
                deduplicationId,
                size);
    }

    private static boolean isSubject(String subject) {
        return !subject.isEmpty()
                && subject.length() <= 100
                && subject.chars().noneMatch(Character::isISOControl)
                && !Character.isWhitespace(subject.charAt(0));
    }

    private static void checkId(String name, @Nullable String id) {
        if (id != null && !id.matches("[\\x21-\\x7e]{1,128}")) {
            throw SnsErrors.invalid("The " + name + " parameter must be 1 to 128 printable characters without spaces");
        }
    }

    private static Map<String, String> texts(String message) {
        Map<String, ? extends @Nullable Object> json;
        try {
            json = Json.parseObject(message);
        } catch (JsonException e) {
            throw SnsErrors.invalid("Message Structure - JSON message body failed to parse");
        }
        var texts = new HashMap<String, String>();
        json.forEach((protocol, text) -> {
            if (text instanceof String body) {
                texts.put(protocol, body);
            }
        });
        if (!texts.containsKey("default")) {
            throw SnsErrors.invalid("Message Structure - No default entry in JSON message body");
        }
        return texts;
    }
}
