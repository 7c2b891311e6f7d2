package dev.baton.local.sns;

import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One message on its way to one subscriber.
///
/// @param type `Notification` or `SubscriptionConfirmation`
/// @param body as the receiver gets it
/// @param raw whether that is the message alone, without an envelope
/// @param attributes that go beside it to a queue
record SnsDelivery(
        String topicArn,
        String subscriptionArn,
        String protocol,
        String endpoint,
        String type,
        String messageId,
        String body,
        boolean raw,
        Map<String, SnsAttribute> attributes,
        @Nullable String group,
        @Nullable String deduplicationId,
        @Nullable String deadLetterArn) {

    Map<String, @Nullable Object> toJson() {
        var besides = new LinkedHashMap<String, @Nullable Object>();
        attributes.forEach((name, attribute) -> besides.put(name, attribute.toJson()));
        return new JsonAnswer()
                .put("topic", topicArn)
                .put("subscription", subscriptionArn)
                .put("protocol", protocol)
                .put("endpoint", endpoint)
                .put("type", type)
                .put("message", messageId)
                .put("body", body)
                .put("raw", raw)
                .put("attributes", besides)
                .putIf("group", group)
                .putIf("deduplication", deduplicationId)
                .putIf("deadLetter", deadLetterArn)
                .map();
    }

    static SnsDelivery of(StoredJson json) {
        var besides = new LinkedHashMap<String, SnsAttribute>();
        json.json("attributes").forEach((name, kept) -> {
            var attribute = ApiInput.of(kept);
            besides.put(name, new SnsAttribute(attribute.require("Type"), attribute.require("Value")));
        });
        return new SnsDelivery(
                json.text("topic"),
                json.text("subscription"),
                json.text("protocol"),
                json.text("endpoint"),
                json.text("type"),
                json.text("message"),
                json.text("body"),
                json.flag("raw"),
                besides,
                json.textIf("group"),
                json.textIf("deduplication"),
                json.textIf("deadLetter"));
    }
}
