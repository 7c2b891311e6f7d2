package dev.baton.local.sqs;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.iam.policy.MalformedPolicy;
import dev.baton.local.iam.policy.Policy;
import dev.baton.local.service.ApiInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The attributes that a queue was given, as texts; what it was not given has its default.
///
/// See
/// [SetQueueAttributes](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html).
///
/// @param policy the queue's own, if it has one
/// @param redrive where messages go that are received too often
/// @param allowed which queues may send their dead letters here
record QueueAttributes(
        Map<String, String> given,
        @Nullable Policy policy,
        @Nullable RedrivePolicy redrive,
        RedriveAllowPolicy allowed) {
    private static final Map<String, Range> NUMBERS = Map.of(
            "DelaySeconds", new Range(0, 900, 0),
            "MaximumMessageSize", new Range(1_024, 1 << 20, 1 << 20),
            "MessageRetentionPeriod", new Range(60, 1_209_600, 345_600),
            "ReceiveMessageWaitTimeSeconds", new Range(0, 20, 0),
            "VisibilityTimeout", new Range(0, 43_200, 30));
    private static final Map<String, Set<String>> WORDS = Map.of(
            "FifoQueue", Set.of("true"),
            "ContentBasedDeduplication", Set.of("true", "false"),
            "SqsManagedSseEnabled", Set.of("true", "false"),
            "DeduplicationScope", Set.of("queue", "messageGroup"),
            "FifoThroughputLimit", Set.of("perQueue", "perMessageGroupId"));
    private static final Set<String> OF_FIFO =
            Set.of("FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit");
    private static final Set<String> ABSENT = Set.of("KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds");

    private record Range(int least, int most, int usual) {}

    QueueAttributes {
        given = Map.copyOf(given);
    }

    /// Those that were kept.
    static QueueAttributes of(Map<String, String> given) {
        return new QueueAttributes(
                given,
                given.containsKey("Policy") ? policy(given.getOrDefault("Policy", "")) : null,
                RedrivePolicy.of(given.get("RedrivePolicy")),
                RedriveAllowPolicy.of(given.get("RedriveAllowPolicy")));
    }

    /// Those of a new queue.
    ///
    /// @throws AwsError where one is none, or has a value that it cannot have
    static QueueAttributes created(String name, Map<String, String> given) {
        boolean fifo = "true".equals(given.get("FifoQueue"));
        if (fifo != name.endsWith(".fifo")) {
            throw SqsErrors.invalidParameter(
                    fifo
                            ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or"
                                    + " underscores, must end with .fifo suffix and be 1 to 80 in length."
                            : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        return new QueueAttributes(Map.of(), null, null, RedriveAllowPolicy.ALL).changed(given, fifo);
    }

    /// These, with what a request gives; an empty text takes a policy away.
    ///
    /// @throws AwsError where one is none, or has a value that it cannot have
    QueueAttributes changed(Map<String, String> more, boolean fifo) {
        var all = new TreeMap<>(given);
        more.forEach((name, value) -> {
            check(name, value, fifo);
            if (value.isEmpty()) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        if ("perMessageGroupId".equals(all.get("FifoThroughputLimit"))
                && !"messageGroup".equals(all.get("DeduplicationScope"))) {
            throw SqsErrors.invalidAttribute(
                    "perMessageGroupId",
                    "FifoThroughputLimit",
                    "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.");
        }
        return of(all);
    }

    private static void check(String name, String value, boolean fifo) {
        var range = NUMBERS.get(name);
        var words = WORDS.get(name);
        if (ABSENT.contains(name)) {
            throw SqsErrors.notHonoured("attribute " + name);
        }
        if (range != null) {
            if (!value.matches("[0-9]{1,9}")
                    || Integer.parseInt(value) < range.least()
                    || Integer.parseInt(value) > range.most()) {
                throw SqsErrors.invalidAttribute(name);
            }
        } else if (words != null) {
            if (OF_FIFO.contains(name) && !fifo) {
                throw SqsErrors.unknownAttribute(name);
            }
            if (!words.contains(value)) {
                throw SqsErrors.invalidAttribute(name);
            }
        } else if (!Set.of("Policy", "RedrivePolicy", "RedriveAllowPolicy").contains(name)) {
            throw SqsErrors.unknownAttribute(name);
        }
    }

    private static @Nullable Policy policy(String json) {
        if (json.isEmpty()) {
            return null;
        }
        try {
            return Policy.parse("queue policy", json);
        } catch (MalformedPolicy e) {
            throw SqsErrors.invalidAttribute("Policy");
        }
    }

    private int number(String name) {
        var text = given.get(name);
        var range = NUMBERS.get(name);
        return text != null ? Integer.parseInt(text) : range == null ? 0 : range.usual();
    }

    private Duration seconds(String name) {
        return Duration.ofSeconds(number(name));
    }

    Duration delay() {
        return seconds("DelaySeconds");
    }

    Duration visibility() {
        return seconds("VisibilityTimeout");
    }

    Duration retention() {
        return seconds("MessageRetentionPeriod");
    }

    int waitSeconds() {
        return number("ReceiveMessageWaitTimeSeconds");
    }

    int largest() {
        return number("MaximumMessageSize");
    }

    boolean isFifo() {
        return given.containsKey("FifoQueue");
    }

    boolean comparesContent() {
        return "true".equals(given.get("ContentBasedDeduplication"));
    }

    boolean comparesInGroups() {
        return "messageGroup".equals(given.get("DeduplicationScope"));
    }

    /// All that can be asked for, without counts, moments and the ARN.
    Map<String, String> all() {
        var all = new TreeMap<String, String>();
        NUMBERS.forEach((name, range) -> all.put(name, Integer.toString(range.usual())));
        all.put("SqsManagedSseEnabled", "true");
        if (isFifo()) {
            all.put("ContentBasedDeduplication", "false");
            all.put("DeduplicationScope", "queue");
            all.put("FifoThroughputLimit", "perQueue");
        }
        all.putAll(given);
        return all;
    }

    /// The first of these that a queue does not have so, or null.
    @Nullable
    String differing(Map<String, String> wanted) {
        var all = all();
        for (var each : wanted.entrySet()) {
            if (!each.getValue().equals(all.getOrDefault(each.getKey(), ""))) {
                return each.getKey();
            }
        }
        return null;
    }

    /// The place that messages go to when they are received too often.
    record RedrivePolicy(String targetArn, int maxReceiveCount) {

        static @Nullable RedrivePolicy of(@Nullable String json) {
            if (json == null || json.isEmpty()) {
                return null;
            }
            var policy = parsed("RedrivePolicy", json);
            var target = policy.text("deadLetterTargetArn", "");
            var most = policy.value("maxReceiveCount");
            var count = most instanceof String text && text.matches("[0-9]{1,9}")
                    ? Integer.valueOf(text)
                    : most instanceof Number number ? (Integer) number.intValue() : null;
            if (target.isEmpty() || count == null) {
                throw SqsErrors.invalidAttribute(
                        json,
                        "RedrivePolicy",
                        "Redrive policy does not contain mandatory attribute: "
                                + (target.isEmpty() ? "deadLetterTargetArn." : "maxReceiveCount."));
            }
            if (count < 1 || count > 1_000) {
                throw SqsErrors.invalidAttribute(
                        json,
                        "RedrivePolicy",
                        "Invalid value for maxReceiveCount: " + count
                                + ", valid values are from 1 to 1000 both inclusive.");
            }
            return new RedrivePolicy(target, count);
        }
    }

    /// The queues that may send their dead letters to a queue.
    ///
    /// @param permission `allowAll`, `denyAll` or `byQueue`
    record RedriveAllowPolicy(String permission, List<String> sources) {
        static final RedriveAllowPolicy ALL = new RedriveAllowPolicy("allowAll", List.of());

        static RedriveAllowPolicy of(@Nullable String json) {
            if (json == null || json.isEmpty()) {
                return ALL;
            }
            var policy = parsed("RedriveAllowPolicy", json);
            var permission = policy.text("redrivePermission", "");
            var sources = policy.texts("sourceQueueArns");
            if (!Set.of("allowAll", "denyAll", "byQueue").contains(permission)
                    || permission.equals("byQueue") == sources.isEmpty()
                    || sources.size() > 10) {
                throw SqsErrors.invalidAttribute(
                        json,
                        "RedriveAllowPolicy",
                        "It needs a redrivePermission of allowAll, denyAll or byQueue, and"
                                + " with byQueue 1 to 10 sourceQueueArns.");
            }
            return new RedriveAllowPolicy(permission, sources);
        }

        boolean allows(String source) {
            return permission.equals("allowAll") || sources.contains(source);
        }
    }

    private static ApiInput parsed(String name, String json) {
        try {
            return new ApiInput(Json.parseObject(json));
        } catch (JsonException e) {
            throw SqsErrors.invalidAttribute(json, name, "Redrive policy is not a valid JSON map.");
        }
    }
}
