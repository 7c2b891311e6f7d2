package dev.baton.local.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// A rule of a bucket's own notifications: which events a destination is told of.
///
/// See [Event notifications](https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html).
///
/// @param events such as `s3:ObjectCreated:*`
record NotificationRule(String id, String destination, List<String> events, String prefix, String suffix) {
    /// What this S3 tells of; others never happen here.
    private static final Pattern EVENT = Pattern.compile("s3:(ObjectCreated:(\\*|Put|Post|Copy|CompleteMultipartUpload)"
            + "|ObjectRemoved:(\\*|Delete|DeleteMarkerCreated)|ObjectTagging:(\\*|Put|Delete))");
    private static final Set<String> TAKEN =
            Set.of("TopicConfiguration", "QueueConfiguration", "EventBridgeConfiguration");

    /// Those of a bucket; none where all goes through EventBridge.
    static List<NotificationRule> of(Bucket bucket) {
        var document = bucket.setting(BucketSetting.NOTIFICATION);
        return document == null || !document.contains("TopicConfiguration") && !document.contains("QueueConfiguration")
                ? List.of()
                : of(XmlElement.parse(document.getBytes(StandardCharsets.UTF_8), "NotificationConfiguration"));
    }

    /// Those of a document.
    ///
    /// @throws AwsError `NotImplemented` for what would be passed over, `InvalidArgument` for what is wrong
    static List<NotificationRule> of(XmlElement document) {
        var rules = new ArrayList<NotificationRule>();
        for (var child : document.children()) {
            if (!TAKEN.contains(child.name())) {
                throw S3Error.notImplemented(
                        "notifications other than to topics, to queues and through EventBridge, here " + child.name());
            }
            switch (child.name()) {
                case "TopicConfiguration" -> rules.add(rule(child, "Topic"));
                case "QueueConfiguration" -> rules.add(rule(child, "Queue"));
                default -> {}
            }
        }
        for (int i = 0; i < rules.size(); i++) {
            for (var other : rules.subList(i + 1, rules.size())) {
                if (rules.get(i).overlaps(other)) {
                    throw S3Error.invalidArgument(
                            "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
                            "NotificationConfiguration",
                            other.destination());
                }
            }
        }
        return rules;
    }

    private static NotificationRule rule(XmlElement element, String destination) {
        var arn = element.require(destination);
        var events =
                element.all("Event").stream().map(event -> event.text().strip()).toList();
        if (events.isEmpty()) {
            throw S3Error.malformedXml();
        }
        for (var event : events) {
            if (!EVENT.matcher(event).matches()) {
                throw S3Error.invalidArgument("The event is not supported for notifications", "Event", event);
            }
        }
        var id = element.get("Id");
        var named = id == null || id.isBlank()
                ? UUID.nameUUIDFromBytes((arn + events).getBytes(StandardCharsets.UTF_8))
                        .toString()
                : id.strip();
        return new NotificationRule(named, arn, events, part(element, "prefix"), part(element, "suffix"));
    }

    private static String part(XmlElement element, String name) {
        var filter = element.child("Filter");
        var key = filter == null ? null : filter.child("S3Key");
        if (key == null) {
            return "";
        }
        for (var rule : key.all("FilterRule")) {
            var given = rule.require("Name");
            if (!given.equalsIgnoreCase("prefix") && !given.equalsIgnoreCase("suffix")) {
                throw S3Error.invalidArgument(
                        "filter rule name must be either prefix or suffix", "FilterRule.Name", given);
            }
            if (given.equalsIgnoreCase(name)) {
                return String.valueOf(rule.get("Value"));
            }
        }
        return "";
    }

    private boolean overlaps(NotificationRule other) {
        return events.stream().anyMatch(event -> other.events.stream().anyMatch(each -> isOneOf(event, each)))
                && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix))
                && (suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix));
    }

    private static boolean isOneOf(String event, String other) {
        return covers(event, other) || covers(other, event);
    }

    private static boolean covers(String wanted, String event) {
        return wanted.endsWith("*") ? event.startsWith(wanted.substring(0, wanted.length() - 1)) : wanted.equals(event);
    }

    /// @param event such as `ObjectCreated:Put`
    boolean isFor(String event, String key) {
        return key.startsWith(prefix)
                && key.endsWith(suffix)
                && events.stream().anyMatch(wanted -> covers(wanted, "s3:" + event));
    }
}
