package dev.baton.local.sqs;

import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.service.Pagination;
import dev.baton.local.sqs.Queues.AccountQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Making queues, finding them, and their attributes.
record QueueActions(Queues queues, QueueRequests requests) {
    private static final Pagination PAGES =
            new Pagination("MaxResults", "NextToken", "NextToken", 1_000, SqsErrors::invalidToken);
    private static final Set<String> TOLD = Set.of(
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesDelayed",
            "ApproximateNumberOfMessagesNotVisible",
            "CreatedTimestamp",
            "LastModifiedTimestamp",
            "QueueArn",
            "Policy",
            "RedrivePolicy",
            "RedriveAllowPolicy",
            "FifoQueue",
            "ContentBasedDeduplication",
            "DeduplicationScope",
            "FifoThroughputLimit",
            "KmsMasterKeyId",
            "KmsDataKeyReusePeriodSeconds");

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("CreateQueue", this::create, "CreateQueue", "TagQueue"),
                ApiOperation.changing("DeleteQueue", this::delete),
                ApiOperation.reading("GetQueueUrl", this::url),
                ApiOperation.reading("ListQueues", this::list),
                ApiOperation.changing("PurgeQueue", this::purge),
                ApiOperation.reading("GetQueueAttributes", this::attributes),
                ApiOperation.changing("SetQueueAttributes", this::change),
                ApiOperation.reading("ListDeadLetterSourceQueues", this::sources),
                ApiOperation.changing("TagQueue", this::tag),
                ApiOperation.changing("UntagQueue", this::untag),
                ApiOperation.reading("ListQueueTags", (input, call) -> {
                    var tags = requests.queue(input, call).tags();
                    return tags.isEmpty() ? Map.of() : JsonAnswer.of("Tags", tags);
                }));
    }

    private Map<String, @Nullable Object> create(ApiInput input, ApiCall call) {
        var name = input.text("QueueName", "");
        if (name.isEmpty()) {
            throw SqsErrors.missing("QueueName");
        }
        if (!name.matches("[A-Za-z0-9_-]{1,80}") && !name.matches("[A-Za-z0-9_-]{1,75}\\.fifo")) {
            throw SqsErrors.invalidParameter(
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }
        // The API's name begins small, a state's may not.
        var tags = input.map(input.has("tags") ? "tags" : "Tags");
        var context = RequestContext.builder().requestTags(tags).build();
        var arn = queues.arn(name);
        call.require(call.right(), arn, queues.account().id(), context, null);
        if (!tags.isEmpty()) {
            call.require("sqs:TagQueue", arn, queues.account().id(), context, null);
        }
        var given = input.map("Attributes");
        synchronized (queues) {
            var known = queues.find(name);
            if (known == null) {
                var attributes = QueueAttributes.created(name, given);
                checkRedrive(attributes, name.endsWith(".fifo"), arn);
                queues.create(name, attributes, tags);
            } else {
                var differing = known.messages().attributes().differing(given);
                if (differing != null) {
                    throw SqsErrors.nameTaken(differing);
                }
            }
        }
        return JsonAnswer.of("QueueUrl", queues.url(name));
    }

    private void checkRedrive(QueueAttributes attributes, boolean fifo, String source) {
        var redrive = attributes.redrive();
        if (redrive == null) {
            return;
        }
        var target = queues.byArn(redrive.targetArn());
        var json = attributes.given().getOrDefault("RedrivePolicy", "");
        if (target == null) {
            throw refused(json, "Dead letter target does not exist.");
        }
        if (target.messages().isFifo() != fifo) {
            throw refused(json, "Dead-letter queue must be same type of queue as the source.");
        }
        if (!target.messages().attributes().allowed().allows(source)) {
            throw refused(json, "The dead-letter queue's redrive allow policy does not allow this queue.");
        }
    }

    private static AwsError refused(String json, String reason) {
        return SqsErrors.outOfRange(json, "RedrivePolicy", reason);
    }

    private Map<String, @Nullable Object> delete(ApiInput input, ApiCall call) {
        queues.delete(requests.queue(input, call));
        return Map.of();
    }

    private Map<String, @Nullable Object> url(ApiInput input, ApiCall call) {
        var name = input.text("QueueName", "");
        if (name.isEmpty()) {
            throw SqsErrors.missing("QueueName");
        }
        if (!input.text("QueueOwnerAWSAccountId", queues.account().id())
                .equals(queues.account().id())) {
            throw SqsErrors.noQueue();
        }
        return JsonAnswer.of(
                "QueueUrl",
                queues.url(requests.named(name, call, call.right(), RequestContext.EMPTY)
                        .name()));
    }

    private Map<String, @Nullable Object> list(ApiInput input, ApiCall call) {
        call.require("*");
        checkPage(input);
        var prefix = input.text("QueueNamePrefix", "");
        var found = queues.all().stream()
                .filter(queue -> queue.name().startsWith(prefix))
                .toList();
        return found.isEmpty()
                ? Map.of()
                : PAGES.answer(input, "QueueUrls", found, AccountQueue::name, queue -> queues.url(queue.name()));
    }

    private static void checkPage(ApiInput input) {
        var most = input.integer("MaxResults");
        if (most != null && (most < 1 || most > 1_000)) {
            throw SqsErrors.outOfRange(most, "MaxResults", "Must be between 1 and 1000, if provided.");
        }
    }

    private Map<String, @Nullable Object> sources(ApiInput input, ApiCall call) {
        var target = requests.queue(input, call);
        checkPage(input);
        return PAGES.answer(
                input,
                "queueUrls",
                sourcesOf(queues, target.arn()),
                AccountQueue::name,
                queue -> queues.url(queue.name()));
    }

    /// The queues whose dead letters go to another.
    static List<AccountQueue> sourcesOf(Queues queues, String arn) {
        return queues.all().stream()
                .filter(queue ->
                        queue.messages().attributes().redrive() instanceof QueueAttributes.RedrivePolicy redrive
                                && redrive.targetArn().equals(arn))
                .toList();
    }

    private Map<String, @Nullable Object> purge(ApiInput input, ApiCall call) {
        requests.queue(input, call).messages().purge();
        return Map.of();
    }

    private Map<String, @Nullable Object> attributes(ApiInput input, ApiCall call) {
        var queue = requests.queue(input, call);
        var wanted = input.texts("AttributeNames");
        var all = all(queue);
        for (var name : wanted) {
            if (!name.equals("All") && !TOLD.contains(name) && !all.containsKey(name)) {
                throw SqsErrors.unknownAttribute(name);
            }
        }
        if (!wanted.contains("All")) {
            all.keySet().retainAll(Set.copyOf(wanted));
        }
        return all.isEmpty() ? Map.of() : JsonAnswer.of("Attributes", all);
    }

    private static Map<String, String> all(AccountQueue queue) {
        var all = new TreeMap<>(queue.messages().attributes().all());
        var counts = queue.messages().counts();
        all.put("ApproximateNumberOfMessages", Integer.toString(counts.available()));
        all.put("ApproximateNumberOfMessagesDelayed", Integer.toString(counts.delayed()));
        all.put("ApproximateNumberOfMessagesNotVisible", Integer.toString(counts.inFlight()));
        all.put("CreatedTimestamp", Long.toString(queue.created().getEpochSecond()));
        all.put("LastModifiedTimestamp", Long.toString(queue.modified().getEpochSecond()));
        all.put("QueueArn", queue.arn());
        return all;
    }

    private Map<String, @Nullable Object> change(ApiInput input, ApiCall call) {
        var queue = requests.queue(input, call);
        var given = input.map("Attributes");
        if (given.isEmpty()) {
            throw SqsErrors.missing("Attribute.Name");
        }
        synchronized (queues) {
            var messages = queue.messages();
            var attributes = messages.attributes().changed(given, messages.isFifo());
            if (given.containsKey("RedrivePolicy")) {
                checkRedrive(attributes, messages.isFifo(), queue.arn());
            }
            messages.attributes(attributes);
            queues.put(current(queue).at(queues.now()));
        }
        return Map.of();
    }

    private AccountQueue current(AccountQueue queue) {
        var current = queues.find(queue.name());
        if (current == null || current.messages() != queue.messages()) {
            throw SqsErrors.noQueue();
        }
        return current;
    }

    private Map<String, @Nullable Object> tag(ApiInput input, ApiCall call) {
        var more = input.map("Tags");
        var context = RequestContext.builder().requestTags(more).build();
        return tagged(requests.queue(input, call, context), tags -> tags.putAll(more));
    }

    private Map<String, @Nullable Object> untag(ApiInput input, ApiCall call) {
        var keys = input.texts("TagKeys");
        var context = RequestContext.builder().put("aws:TagKeys", keys).build();
        return tagged(
                requests.queue(input, call, context), tags -> tags.keySet().removeAll(keys));
    }

    private Map<String, @Nullable Object> tagged(AccountQueue queue, Consumer<Map<String, String>> change) {
        synchronized (queues) {
            var tags = new LinkedHashMap<>(current(queue).tags());
            change.accept(tags);
            if (tags.size() > 50) {
                throw SqsErrors.invalidParameter("Too many tags added for queue " + queue.name() + ".");
            }
            queues.put(current(queue).tagged(tags));
        }
        return Map.of();
    }
}
