package dev.baton.lambda.internal.arrival;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.baton.lambda.internal.SdkMessages;
import dev.baton.run.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The batch that an event source mapping of SQS calls a function with
/// ([form](https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html)): up to 10,000 messages, each of which succeeds
/// or fails for itself. The answer names those that failed
/// ([form](https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting)):
/// SQS gives them again, and after the queue's `maxReceiveCount` to its dead-letter queue.
///
/// The mapping must be told to read the answer (`ReportBatchItemFailures`); without that, no message would ever be
/// tried again.
public final class SqsBatch {
    private static final Logger LOG = LoggerFactory.getLogger(SqsBatch.class);

    private SqsBatch() {}

    /// Whether an event is one.
    public static boolean is(Map<String, @Nullable Object> event) {
        return event.get("Records") instanceof List<?> records
                && !records.isEmpty()
                && Arrivals.service(records).equals("aws:sqs");
    }

    /// Has each message considered, and tells which failed.
    ///
    /// @param prefix what the sources of completions begin with
    /// @param consider what becomes of the things that one message tells
    public static Map<String, @Nullable Object> answer(
            Prefix prefix, Map<String, @Nullable Object> event, Consumer<List<Arrival>> consider) {
        var failed = new ArrayList<BatchItemFailure>();
        for (var message : typed(event).getRecords()) {
            try {
                consider.accept(Arrivals.ofText(prefix, message.getBody(), 3));
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("message", message.getMessageId())
                        .log("a message failed, and comes again: {}", SdkMessages.of(e));
                failed.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        return json(new SQSBatchResponse(failed));
    }

    private static Map<String, @Nullable Object> json(SQSBatchResponse response) {
        return Map.of(
                "batchItemFailures",
                response.getBatchItemFailures().stream()
                        .map(failure -> Map.of("itemIdentifier", failure.getItemIdentifier()))
                        .toList());
    }

    /// The library's own type, but for what nobody here asks: attributes and digests.
    @SuppressWarnings("NullAway") // The library says nothing of nulls; absent members are null in its types.
    static SQSEvent typed(Map<String, @Nullable Object> event) {
        var messages = new ArrayList<SQSMessage>();
        for (var record : EventMembers.records("the event of SQS", event)) {
            var message = new SQSMessage();
            message.setMessageId(record.need("messageId"));
            message.setReceiptHandle(record.text("receiptHandle"));
            // A message without a body is one that the start function understands as little as any other text.
            message.setBody(record.text("body") == null ? "" : record.text("body"));
            message.setEventSource(record.text("eventSource"));
            message.setEventSourceArn(record.text("eventSourceARN"));
            message.setAwsRegion(record.text("awsRegion"));
            messages.add(message);
        }
        var typed = new SQSEvent();
        typed.setRecords(messages);
        return typed;
    }
}
