package dev.baton.local.sns;

import dev.baton.json.Json;
import dev.baton.local.http.PercentCode;
import dev.baton.local.service.JsonAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The form in which subscribers get messages.
///
/// See [Message formats](https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html).
///
/// @param endpoint where this AWS answers, once it does
record SnsEnvelope(Supplier<@Nullable String> endpoint) {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /// There is no certificate of AWS's that it could be verified with, and it says so.
    private static final String SIGNATURE =
            Base64.getEncoder().encodeToString("not signed: the embedded AWS".getBytes(StandardCharsets.US_ASCII));

    /// What a queue or a server gets.
    String notification(SnsMessage message, Subscription subscription) {
        var json = new JsonAnswer().put("Type", "Notification").put("MessageId", message.id());
        json.putIf("SequenceNumber", message.sequence())
                .put("TopicArn", message.topicArn())
                .putIf("Subject", message.subject())
                .put("Message", message.text(subscription.protocol()))
                .put("Timestamp", MILLIS.format(message.time()));
        if (message.sequence() == null) {
            json.put("SignatureVersion", "1").put("Signature", SIGNATURE).put("SigningCertURL", certificate());
        }
        json.put("UnsubscribeURL", unsubscribe(subscription.arn()));
        if (!message.attributes().isEmpty()) {
            json.put("MessageAttributes", attributes(message));
        }
        return Json.print(json.map());
    }

    /// What a function is called with.
    String event(SnsMessage message, Subscription subscription) {
        var sns = new LinkedHashMap<String, @Nullable Object>();
        sns.put("Type", "Notification");
        sns.put("MessageId", message.id());
        sns.put("TopicArn", message.topicArn());
        sns.put("Subject", message.subject());
        sns.put("Message", message.text(subscription.protocol()));
        sns.put("Timestamp", MILLIS.format(message.time()));
        sns.put("SignatureVersion", "1");
        sns.put("Signature", SIGNATURE);
        sns.put("SigningCertUrl", certificate());
        sns.put("UnsubscribeUrl", unsubscribe(subscription.arn()));
        sns.put("MessageAttributes", attributes(message));
        return Json.print(Map.of(
                "Records",
                List.of(JsonAnswer.of(
                        "EventSource",
                        "aws:sns",
                        "EventVersion",
                        "1.0",
                        "EventSubscriptionArn",
                        subscription.arn(),
                        "Sns",
                        sns))));
    }

    /// The question to a server whether it wants the messages of a topic.
    String confirmation(String messageId, Subscription subscription, String token, Instant time) {
        return Json.print(new JsonAnswer()
                .put("Type", "SubscriptionConfirmation")
                .put("MessageId", messageId)
                .put("Token", token)
                .put("TopicArn", subscription.topicArn())
                .put(
                        "Message",
                        "You have chosen to subscribe to the topic " + subscription.topicArn()
                                + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.")
                .put(
                        "SubscribeURL",
                        address() + "?Action=ConfirmSubscription&TopicArn=" + coded(subscription.topicArn()) + "&Token="
                                + token)
                .put("Timestamp", MILLIS.format(time))
                .put("SignatureVersion", "1")
                .put("Signature", SIGNATURE)
                .put("SigningCertURL", certificate())
                .map());
    }

    private static Map<String, @Nullable Object> attributes(SnsMessage message) {
        var attributes = new LinkedHashMap<String, @Nullable Object>();
        message.attributes().forEach((name, attribute) -> attributes.put(name, attribute.toJson()));
        return attributes;
    }

    private String address() {
        return endpoint.get() + "/";
    }

    private String certificate() {
        return address() + "SimpleNotificationService-none.pem";
    }

    private String unsubscribe(String subscriptionArn) {
        return address() + "?Action=Unsubscribe&SubscriptionArn=" + coded(subscriptionArn);
    }

    private static String coded(String text) {
        var coded = new StringBuilder();
        PercentCode.encode(text, false, coded);
        return coded.toString();
    }
}
