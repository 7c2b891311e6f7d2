package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.lambda.function.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// The record of an asynchronous invocation that has ended, as a destination gets it.
///
/// See [Retaining records of asynchronous
/// invocations](https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html).
final class InvocationRecord {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private InvocationRecord() {}

    /// Why an invocation gets no further attempt.
    enum Condition {
        SUCCESS("Success"),
        RETRIES_EXHAUSTED("RetriesExhausted"),
        EVENT_AGE_EXCEEDED("EventAgeExceeded");

        private final String text;

        Condition(String text) {
            this.text = text;
        }
    }

    /// @param arn of the function, with the qualifier that it was invoked by
    /// @param result of the last attempt; null where the function could not even be run
    static byte[] of(
            String arn, Invocation invocation, Condition condition, @Nullable InvocationResult result, Instant now) {
        var context = new LinkedHashMap<String, @Nullable Object>();
        context.put("requestId", invocation.requestId());
        context.put("functionArn", arn);
        context.put("condition", condition.text);
        context.put("approximateInvokeCount", (long) invocation.attempt());
        var told = new LinkedHashMap<String, @Nullable Object>();
        told.put("version", "1.0");
        told.put("timestamp", MILLIS.format(now));
        told.put("requestContext", context);
        told.put("requestPayload", json(invocation.payload()));
        if (result != null) {
            var response = new LinkedHashMap<String, @Nullable Object>();
            response.put("statusCode", 200L);
            response.put("executedVersion", result.version());
            if (result.functionError() != null) {
                response.put("functionError", result.functionError());
            }
            told.put("responseContext", response);
            told.put("responsePayload", json(result.payload()));
        }
        return Json.bytes(told);
    }

    private static @Nullable Object json(byte[] payload) {
        try {
            return Json.parse(payload);
        } catch (JsonException e) {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }
}
