package dev.baton.local.lambda;

import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mapping by which Lambda reads a queue and calls a function with what it finds.
///
/// See [Using Lambda with SQS](https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html).
///
/// @param id a UUID
/// @param functionArn with the qualifier, where one was given
/// @param windowSeconds how long a batch may wait for more, from its first message on
/// @param reportsFailures whether the function's answer names the messages that failed
/// @param concurrency how many batches run at once; null for as many as Lambda reads at first
/// @param filters patterns, of which a message has to match one; the others are deleted
record EventSourceMapping(
        String id,
        String functionArn,
        String queueArn,
        int batchSize,
        int windowSeconds,
        boolean enabled,
        boolean reportsFailures,
        @Nullable Integer concurrency,
        List<String> filters,
        Instant modified) {
    /// How many batches of a queue Lambda reads at once when it begins.
    private static final int READERS = 5;
    /// Of one request to a queue; a larger batch is made of several.
    private static final int MOST_RECEIVED = 10;

    EventSourceMapping {
        filters = List.copyOf(filters);
    }

    /// What a request makes of a mapping that says nothing yet.
    ///
    /// @throws AwsError `InvalidParameterValueException`
    static EventSourceMapping created(String id, String functionArn, String queueArn, ApiInput request, Instant now) {
        return new EventSourceMapping(id, functionArn, queueArn, MOST_RECEIVED, 0, true, false, null, List.of(), now)
                .changed(functionArn, request, now);
    }

    /// This, with what a request names.
    ///
    /// @throws AwsError `InvalidParameterValueException`
    EventSourceMapping changed(String function, ApiInput request, Instant now) {
        var scaling = request.objectIf("ScalingConfig");
        var criteria = request.objectIf("FilterCriteria");
        return new EventSourceMapping(
                        id,
                        function,
                        queueArn,
                        request.integer("BatchSize", batchSize),
                        request.integer("MaximumBatchingWindowInSeconds", windowSeconds),
                        request.flag("Enabled", enabled),
                        request.has("FunctionResponseTypes")
                                ? !request.list("FunctionResponseTypes").isEmpty()
                                : reportsFailures,
                        scaling == null ? concurrency : scaling.integer("MaximumConcurrency"),
                        criteria == null
                                ? filters
                                : criteria.objects("Filters").stream()
                                        .map(filter -> filter.require("Pattern"))
                                        .toList(),
                        now)
                .checked();
    }

    private EventSourceMapping checked() {
        if (isFifo() && batchSize > MOST_RECEIVED) {
            throw invalid("Batch size should be less than or equal to 10 for FIFO queues.");
        }
        if (isFifo() && windowSeconds > 0) {
            throw invalid("Batching window is not supported for FIFO queues.");
        }
        if (batchSize > MOST_RECEIVED && windowSeconds == 0) {
            throw invalid(
                    "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        }
        new MessageFilter(filters);
        return this;
    }

    static AwsError invalid(String message) {
        return new AwsError(400, "InvalidParameterValueException", message);
    }

    private boolean isFifo() {
        return queueArn.endsWith(".fifo");
    }

    FunctionReference function() {
        return FunctionReference.parse(functionArn, null);
    }

    Duration window() {
        return Duration.ofSeconds(windowSeconds);
    }

    int batchesAtOnce() {
        return concurrency == null ? READERS : concurrency;
    }

    static String arn(Account account, String id) {
        return account.arn("lambda", "event-source-mapping:" + id);
    }

    /// @param state such as `Enabled`
    Map<String, @Nullable Object> describe(Account account, String state) {
        return new JsonAnswer()
                .put("UUID", id)
                .put("EventSourceMappingArn", arn(account, id))
                .put("EventSourceArn", queueArn)
                .put("FunctionArn", functionArn)
                .put("BatchSize", (long) batchSize)
                .put("MaximumBatchingWindowInSeconds", (long) windowSeconds)
                .put("FunctionResponseTypes", reportsFailures ? List.of("ReportBatchItemFailures") : List.of())
                .putIf("ScalingConfig", concurrency == null ? null : Map.of("MaximumConcurrency", (long) concurrency))
                .putIf(
                        "FilterCriteria",
                        filters.isEmpty()
                                ? null
                                : Map.of(
                                        "Filters",
                                        filters.stream()
                                                .map(pattern -> Map.of("Pattern", pattern))
                                                .toList()))
                .time("LastModified", modified)
                .put("State", state)
                .put("StateTransitionReason", "USER_INITIATED")
                .map();
    }

    Map<String, @Nullable Object> json() {
        return new JsonAnswer()
                .put("id", id)
                .put("function", functionArn)
                .put("queue", queueArn)
                .put("batch", (long) batchSize)
                .put("window", (long) windowSeconds)
                .put("enabled", enabled)
                .put("reports", reportsFailures)
                .putIf("concurrency", concurrency == null ? null : concurrency.longValue())
                .put("filters", filters)
                .put("modified", modified.toEpochMilli())
                .map();
    }

    static EventSourceMapping stored(StoredJson json) {
        return new EventSourceMapping(
                json.text("id"),
                json.text("function"),
                json.text("queue"),
                json.integer("batch"),
                json.integer("window"),
                json.flag("enabled"),
                json.flag("reports"),
                json.integerIf("concurrency"),
                json.texts("filters"),
                json.time("modified"));
    }
}
