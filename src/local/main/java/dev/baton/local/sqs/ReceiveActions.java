package dev.baton.local.sqs;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiCall;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.JsonAction;
import dev.baton.local.service.JsonAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Receiving messages, hiding them for longer or shorter, and deleting them.
record ReceiveActions(QueueRequests requests) {
    private static final int MOST = 10;
    private static final int LONGEST_WAIT = 20;
    private static final int LONGEST_VISIBILITY = 43_200;

    List<ApiOperation<JsonAction>> all() {
        return List.of(
                ApiOperation.changing("ReceiveMessage", this::receive),
                ApiOperation.changing("DeleteMessage", (input, call) -> {
                    requests.queue(input, call).messages().delete(handle(input));
                    return Map.of();
                }),
                ApiOperation.changing(
                        "DeleteMessageBatch",
                        (input, call) -> {
                            var queue = requests.queue(input, call).messages();
                            return MessageBatch.of(input, "DeleteMessageBatchRequestEntry")
                                    .each(entry -> {
                                        queue.delete(handle(entry));
                                        return Map.of();
                                    });
                        },
                        "DeleteMessage"),
                ApiOperation.changing("ChangeMessageVisibility", (input, call) -> {
                    change(requests.queue(input, call).messages(), input);
                    return Map.of();
                }),
                ApiOperation.changing(
                        "ChangeMessageVisibilityBatch",
                        (input, call) -> {
                            var queue = requests.queue(input, call).messages();
                            return MessageBatch.of(input, "ChangeMessageVisibilityBatchRequestEntry")
                                    .each(entry -> {
                                        change(queue, entry);
                                        return Map.of();
                                    });
                        },
                        "ChangeMessageVisibility"));
    }

    private static String handle(ApiInput input) {
        var handle = input.text("ReceiptHandle", "");
        if (handle.isEmpty()) {
            throw SqsErrors.missing("ReceiptHandle");
        }
        return handle;
    }

    private static void change(MessageQueue queue, ApiInput input) {
        var seconds = input.integer("VisibilityTimeout");
        if (seconds == null) {
            throw SqsErrors.missing("VisibilityTimeout");
        }
        queue.changeVisibility(handle(input), visibility(seconds));
    }

    private static Duration visibility(int seconds) {
        if (seconds < 0 || seconds > LONGEST_VISIBILITY) {
            throw SqsErrors.outOfRange(
                    seconds, "VisibilityTimeout", "VisibilityTimeout must be an integer between 0 and 43200");
        }
        return Duration.ofSeconds(seconds);
    }

    private Map<String, @Nullable Object> receive(ApiInput input, ApiCall call) {
        var queue = requests.queue(input, call).messages();
        int most = input.integer("MaxNumberOfMessages", 1);
        if (most < 1 || most > MOST) {
            throw SqsErrors.outOfRange(most, "MaxNumberOfMessages", "Must be between 1 and 10, if provided.");
        }
        int wait = input.integer("WaitTimeSeconds", queue.attributes().waitSeconds());
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw SqsErrors.outOfRange(wait, "WaitTimeSeconds", "Must be >= 0 and <= 20, if provided.");
        }
        var seconds = input.integer("VisibilityTimeout");
        var visibility = seconds == null ? queue.attributes().visibility() : visibility(seconds);
        var attempt = queue.isFifo() ? input.text("ReceiveRequestAttemptId") : null;
        var received =
                answer(queue.receive(new MessageQueue.Receiving(most, visibility, Duration.ofSeconds(wait), attempt)));
        return received.isEmpty()
                ? Map.of()
                : JsonAnswer.of(
                        "Messages",
                        received.stream().map(message -> json(message, input)).toList());
    }

    /// Waits on the request's own virtual thread.
    private static List<ReceivedMessage> answer(CompletableFuture<List<ReceivedMessage>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AwsError error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static Map<String, @Nullable Object> json(ReceivedMessage received, ApiInput input) {
        var message = received.message();
        var names = new TreeMap<String, MessageAttribute>();
        var wanted = input.texts("MessageAttributeNames");
        message.content().attributes().forEach((name, attribute) -> {
            if (wanted.stream().anyMatch(each -> isWanted(each, name))) {
                names.put(name, attribute);
            }
        });
        var system = received.attributes();
        var asked = input.texts("MessageSystemAttributeNames");
        var askedSo = asked.isEmpty() ? input.texts("AttributeNames") : asked;
        if (!askedSo.contains("All")) {
            system.keySet().retainAll(askedSo);
        }
        return new JsonAnswer()
                .put("MessageId", message.id())
                .put("ReceiptHandle", received.receiptHandle())
                .put("MD5OfBody", received.md5OfBody())
                .put("Body", message.content().body())
                .putIf("Attributes", system.isEmpty() ? null : system)
                .putIf("MD5OfMessageAttributes", names.isEmpty() ? null : MessageDigests.md5(names))
                .putIf("MessageAttributes", names.isEmpty() ? null : MessageAttribute.json(names))
                .map();
    }

    /// `All` and `.*` are all of them, `price.*` those that begin so.
    private static boolean isWanted(String wanted, String name) {
        return wanted.equals("All")
                || wanted.equals(name)
                || wanted.endsWith(".*") && name.startsWith(wanted.substring(0, wanted.length() - 2));
    }
}
