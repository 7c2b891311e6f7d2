package dev.baton.local.sqs;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Sending messages.
record SendActions(QueueRequests requests) {
    private static final int LARGEST_BATCH = 1 << 20;
    private static final int LONGEST_DELAY = 900;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!\"#$%&'()*+,./:;<=>?@\\[\\\\\\]^_`{|}~-]{1,128}");
    private static final Pattern CONTENT =
            Pattern.compile("[\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]*");

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing(
                        "SendMessage",
                        (input, call) -> send(requests.queue(input, call).messages(), message(input), call)),
                ApiOperation.changing("SendMessageBatch", this::batch, "SendMessage"));
    }

    private Map<String, @Nullable Object> batch(ApiInput input, ApiCall call) {
        var queue = requests.queue(input, call).messages();
        var batch = MessageBatch.of(input, "SendMessageBatchRequestEntry");
        int size = batch.entries().stream().mapToInt(SendActions::size).sum();
        if (size > LARGEST_BATCH) {
            throw SqsErrors.batchTooLong(size, LARGEST_BATCH);
        }
        return batch.each(entry -> send(queue, message(entry), call));
    }

    /// What is no message fails by itself, later.
    private static int size(ApiInput entry) {
        try {
            return message(entry).size();
        } catch (AwsError e) {
            return 0;
        }
    }

    private static NewMessage message(ApiInput input) {
        var body = input.text("MessageBody", "");
        if (body.isEmpty()) {
            throw SqsErrors.missing("MessageBody");
        }
        return new NewMessage(
                body,
                MessageAttribute.of(input.object("MessageAttributes")),
                traceHeader(input.object("MessageSystemAttributes")),
                input.integer("DelaySeconds"),
                input.text("MessageGroupId"),
                input.text("MessageDeduplicationId"));
    }

    private static @Nullable String traceHeader(ApiInput system) {
        system.members().keySet().forEach(name -> {
            if (!name.equals("AWSTraceHeader")) {
                throw SqsErrors.invalidParameter("Message system attribute name '" + name + "' is invalid.");
            }
        });
        return system.object("AWSTraceHeader").text("StringValue");
    }

    private static Map<String, @Nullable Object> send(MessageQueue queue, NewMessage message, ApiCall call) {
        check(queue, message);
        var sent =
                queue.send(message, UUID.randomUUID().toString(), call.caller().userId());
        var attributes = message.attributes();
        var trace = message.traceHeader();
        return new JsonAnswer()
                .putIf("MD5OfMessageAttributes", attributes.isEmpty() ? null : MessageDigests.md5(attributes))
                .put("MD5OfMessageBody", MessageDigests.md5(message.body()))
                .putIf(
                        "MD5OfMessageSystemAttributes",
                        trace == null
                                ? null
                                : MessageDigests.md5(Map.of("AWSTraceHeader", MessageAttribute.text(trace))))
                .put("MessageId", sent.id())
                .putIf("SequenceNumber", sent.sequenceNumber())
                .map();
    }

    /// @throws dev.baton.local.http.AwsError where the queue cannot take such a message
    static void check(MessageQueue queue, NewMessage message) {
        if (!CONTENT.matcher(message.body()).matches()) {
            throw SqsErrors.invalidContents();
        }
        int largest = queue.attributes().largest();
        if (message.size() > largest) {
            throw SqsErrors.tooLong(largest);
        }
        var delay = message.delaySeconds();
        if (delay != null && (delay < 0 || delay > LONGEST_DELAY)) {
            throw SqsErrors.outOfRange(delay, "DelaySeconds", "DelaySeconds must be >= 0 and <= 900.");
        }
        var group = message.groupId();
        var duplicates = message.deduplicationId();
        name("MessageGroupId", group);
        name("MessageDeduplicationId", duplicates);
        if (!queue.isFifo()) {
            // A group in a standard queue is for fairness between tenants, and changes no order.
            if (duplicates != null) {
                throw notForThisType(duplicates, "MessageDeduplicationId");
            }
        } else if (group == null) {
            throw SqsErrors.missing("MessageGroupId");
        } else if (delay != null && delay > 0) {
            throw notForThisType(delay, "DelaySeconds");
        } else if (duplicates == null && !queue.attributes().comparesContent()) {
            throw SqsErrors.invalidParameter("The queue should either have ContentBasedDeduplication enabled or"
                    + " MessageDeduplicationId provided explicitly");
        }
    }

    private static RuntimeException notForThisType(Object value, String parameter) {
        return SqsErrors.outOfRange(
                value, parameter, "The request include parameter that is not valid for this queue type.");
    }

    private static void name(String parameter, @Nullable String value) {
        if (value != null && !NAME.matcher(value).matches()) {
            throw SqsErrors.outOfRange(
                    value,
                    parameter,
                    parameter + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
    }
}
