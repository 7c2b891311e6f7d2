package dev.baton.local.sns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A receiver's wish to get the messages of a topic.
///
/// @param protocol `sqs`, `lambda`, `http` or `https`
/// @param endpoint an ARN or an address
/// @param owner the account that it is of
/// @param token what it is confirmed with; null where it is confirmed
/// @param attributes those that were set, by name
/// @param filter which messages it takes; null for all
record Subscription(
        String arn,
        String topicArn,
        String protocol,
        String endpoint,
        String owner,
        @Nullable String token,
        Map<String, String> attributes,
        @Nullable FilterPolicy filter) {
    Subscription {
        attributes = new TreeMap<>(attributes);
    }

    static Subscription of(
            String arn,
            String topicArn,
            String protocol,
            String endpoint,
            String owner,
            @Nullable String token,
            Map<String, String> attributes) {
        return new Subscription(
                arn, topicArn, protocol, endpoint, owner, token, attributes, FilterPolicy.of(attributes));
    }

    boolean isConfirmed() {
        return token == null;
    }

    boolean isRaw() {
        return "true".equals(attributes.get("RawMessageDelivery"));
    }

    boolean isHttp() {
        return protocol.startsWith("http");
    }

    /// The queue for what could not be delivered; null where there is none.
    @Nullable
    String deadLetterArn() {
        var policy = attributes.get("RedrivePolicy");
        return policy == null ? null : SubscriptionAttributes.deadLetterArn(policy);
    }

    Subscription confirmed() {
        return new Subscription(arn, topicArn, protocol, endpoint, owner, null, attributes, filter);
    }

    /// @param value null or empty for none
    Subscription with(String attribute, @Nullable String value) {
        var changed = new LinkedHashMap<>(attributes);
        if (value == null || value.isEmpty()) {
            changed.remove(attribute);
        } else {
            changed.put(attribute, value);
        }
        return of(arn, topicArn, protocol, endpoint, owner, token, changed);
    }

    /// Without the token: who has it could confirm.
    @Override
    public String toString() {
        return arn + " over " + protocol + " to " + endpoint;
    }
}
