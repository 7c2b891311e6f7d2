package dev.baton.local.states.integration;

import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.caller.Caller;
import dev.baton.local.http.ServiceRefusal;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.lambda.InvocationResult;
import dev.baton.local.lambda.Lambda;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Functions: by their own ARN, and through `lambda:invoke`.
///
/// See [Invoke a Lambda function](https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html).
record LambdaTasks(Lambda lambda, Scheduler scheduler) {
    /// The function's own result.
    @Nullable
    Object function(Caller caller, String arn, @Nullable Object input) throws TaskFailure {
        return payload(run(caller, arn, null, Json.bytes(input)));
    }

    /// What the Invoke API answers, with the payload parsed.
    Map<String, @Nullable Object> invoke(Caller caller, Map<String, @Nullable Object> parameters) throws TaskFailure {
        var function = String.valueOf(parameters.get("FunctionName"));
        var qualifier = parameters.get("Qualifier") instanceof String text ? text : null;
        var payload = bytes(parameters);
        if ("Event".equals(parameters.get("InvocationType"))) {
            return answer(event(caller, function, qualifier, payload), null, 202, 0);
        }
        var result = run(caller, function, qualifier, payload);
        return answer(result.version(), payload(result), 200, result.payload().length);
    }

    private Map<String, @Nullable Object> answer(String version, @Nullable Object payload, int status, int length) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ExecutedVersion", version);
        answer.put("Payload", payload);
        SdkMetadata.addTo(
                answer,
                "application/json",
                length,
                scheduler.now(),
                Map.of(
                        "X-Amz-Executed-Version",
                        version,
                        "x-amzn-Remapped-Content-Length",
                        "0",
                        "Connection",
                        "keep-alive",
                        "X-Amzn-Trace-Id",
                        "Root=1-" + Long.toHexString(scheduler.now().getEpochSecond()) + "-"
                                + UUID.randomUUID().toString().replace("-", "").substring(8)));
        answer.put("StatusCode", (long) status);
        return answer;
    }

    /// A text that is JSON goes as it is; any other value as its JSON.
    private static byte[] bytes(Map<String, @Nullable Object> parameters) {
        var payload = parameters.get("Payload");
        if (!parameters.containsKey("Payload") || payload == null) {
            return new byte[0];
        }
        if (payload instanceof String text) {
            try {
                Json.parse(text);
                return text.getBytes(StandardCharsets.UTF_8);
            } catch (JsonException e) {
                return Json.bytes(text);
            }
        }
        return Json.bytes(payload);
    }

    private InvocationResult run(Caller caller, String function, @Nullable String qualifier, byte[] payload)
            throws TaskFailure {
        try {
            var result = lambda.invoke(caller, function, qualifier, payload, RequestContext.EMPTY);
            if (result.failed()) {
                throw new TaskFailure(error(result), new String(result.payload(), StandardCharsets.UTF_8));
            }
            return result;
        } catch (ServiceRefusal e) {
            throw TaskFailure.optimised("Lambda", "AWSLambda", e);
        }
    }

    private String event(Caller caller, String function, @Nullable String qualifier, byte[] payload)
            throws TaskFailure {
        try {
            return lambda.invokeAsynchronously(caller, function, qualifier, payload, RequestContext.EMPTY)
                    .version();
        } catch (ServiceRefusal e) {
            throw TaskFailure.optimised("Lambda", "AWSLambda", e);
        }
    }

    private static String error(InvocationResult result) {
        return result.errorType() == null ? "Lambda.Unknown" : result.errorType();
    }

    private static @Nullable Object payload(InvocationResult result) throws TaskFailure {
        try {
            return Json.parse(result.payload());
        } catch (JsonException e) {
            throw new TaskFailure("Lambda.Unknown", "The function's result is not JSON: " + e.getMessage());
        }
    }
}
