package dev.baton.local.states.integration;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.AwsError;
import dev.baton.local.http.Headers;
import dev.baton.local.http.ServiceRefusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `dynamodb:getItem`, `putItem`, `updateItem` and `deleteItem`, and all operations as SDK integrations. Both name the
/// errors that the API has types for; others are the exception that they all are.
///
/// See [Call DynamoDB](https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html).
record DynamoDbTasks(ServiceCalls calls, Scheduler scheduler) {
    private static final Set<String> TYPED = Set.of(
            "ConditionalCheckFailedException",
            "IdempotentParameterMismatchException",
            "ItemCollectionSizeLimitExceededException",
            "LimitExceededException",
            "ResourceInUseException",
            "ResourceNotFoundException",
            "TransactionCanceledException",
            "TransactionInProgressException");

    /// Parameters whose members are values of DynamoDB.
    private static final Set<String> OF_VALUES = Set.of("Item", "Key", "ExpressionAttributeValues");

    /// An optimised integration: its answer says how the request went.
    Map<String, @Nullable Object> call(Caller caller, String action, Map<String, @Nullable Object> parameters)
            throws TaskFailure {
        try {
            var sent = send(caller, action, texts(parameters));
            var answer = new LinkedHashMap<>(Json.parseObject(sent.bytes()));
            SdkMetadata.addTo(
                    answer,
                    "application/x-amz-json-1.0",
                    sent.bytes().length,
                    scheduler.now(),
                    Map.of(
                            "Server",
                            "Server",
                            "Connection",
                            "keep-alive",
                            "x-amz-crc32",
                            sent.headers().get("x-amz-crc32", "")));
            return answer;
        } catch (ServiceRefusal e) {
            throw TaskFailure.optimised(
                    "DynamoDB", "AmazonDynamoDBv2", isTyped(e) ? null : "AmazonDynamoDBException", e);
        }
    }

    /// A text that stands where a value of DynamoDB is expected is one of type `S`: definitions that AWS has published
    /// write `"Item": {"id.$": "$.id"}`, in optimised integrations only.
    private static Map<String, @Nullable Object> texts(Map<String, @Nullable Object> parameters) {
        var typed = new LinkedHashMap<>(parameters);
        typed.replaceAll((name, value) ->
                OF_VALUES.contains(name) && value instanceof Map<?, ?> map ? typed(map) : value);
        return typed;
    }

    private static Object typed(Map<?, ?> values) {
        var typed = new LinkedHashMap<Object, @Nullable Object>(values);
        typed.replaceAll((name, value) -> value instanceof String ? Map.of("S", value) : value);
        return typed;
    }

    /// An SDK integration: its answer is the service's own.
    Map<String, @Nullable Object> sdk(Caller caller, String action, Map<String, @Nullable Object> parameters)
            throws TaskFailure {
        try {
            return Json.parseObject(send(caller, action, parameters).bytes());
        } catch (ServiceRefusal e) {
            throw TaskFailure.sdk("DynamoDb", isTyped(e) ? null : "DynamoDbException", e);
        }
    }

    private static boolean isTyped(ServiceRefusal refusal) {
        return refusal instanceof AwsError error && TYPED.contains(error.code());
    }

    private ServiceCalls.Answer send(Caller caller, String action, Map<String, @Nullable Object> parameters) {
        var headers = Headers.of(
                "X-Amz-Target",
                "DynamoDB_20120810." + MemberNames.upper(action),
                "Content-Type",
                "application/x-amz-json-1.0");
        return calls.send("dynamodb", "POST", "/", "", headers, Json.bytes(parameters), caller);
    }
}
