package dev.baton.local.sns;

import dev.baton.local.iam.policy.Policy;
import dev.baton.local.iam.policy.RequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// A topic that messages are published to.
///
/// @param attributes those that were set, by name
/// @param policy who may do what with it, parsed
record Topic(String arn, Map<String, String> attributes, Policy policy, Map<String, String> tags) {
    Topic {
        attributes = new TreeMap<>(attributes);
        tags = new TreeMap<>(tags);
    }

    static Topic of(String arn, String account, Map<String, String> attributes, Map<String, String> tags) {
        var policy = attributes.getOrDefault("Policy", TopicAttributes.defaultPolicy(arn, account));
        return new Topic(arn, attributes, TopicAttributes.policy(arn, policy), tags);
    }

    String name() {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    boolean isFifo() {
        return "true".equals(attributes.get("FifoTopic"));
    }

    boolean deduplicatesByContent() {
        return "true".equals(attributes.get("ContentBasedDeduplication"));
    }

    Topic with(String attribute, String value) {
        var changed = new LinkedHashMap<>(attributes);
        changed.put(attribute, value);
        return new Topic(arn, changed, attribute.equals("Policy") ? TopicAttributes.policy(arn, value) : policy, tags);
    }

    Topic tagged(Map<String, String> others) {
        return new Topic(arn, attributes, policy, others);
    }

    /// Its tags as conditions know them.
    RequestContext context() {
        return RequestContext.builder().tags("aws:ResourceTag", tags).build();
    }
}
