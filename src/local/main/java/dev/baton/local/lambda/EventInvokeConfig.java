package dev.baton.local.lambda;

import dev.baton.json.Json;
import dev.baton.local.http.AwsError;
import dev.baton.local.service.JsonAnswer;
import dev.baton.local.service.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How asynchronous invocations of a function under one qualifier are treated.
///
/// See [PutFunctionEventInvokeConfig](https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html).
///
/// @param arn of the function, with its qualifier
/// @param retries 0 to 2; null for as many as there are by default
/// @param ageSeconds how long an invocation may wait for its last attempt, 60 to 21,600; null for the most
/// @param onSuccess the ARN of a function that is told of successes, with or without qualifier; null for none
/// @param onFailure the same for failures
record EventInvokeConfig(
        String arn,
        Instant modified,
        @Nullable Integer retries,
        @Nullable Integer ageSeconds,
        @Nullable String onSuccess,
        @Nullable String onFailure) {
    private static final int MAX_RETRIES = 2;
    private static final int MIN_AGE = 60;
    private static final int MAX_AGE = 21_600;

    /// What holds where nothing is configured.
    static EventInvokeConfig none(String arn, Instant now) {
        return new EventInvokeConfig(arn, now, null, null, null, null);
    }

    /// This, with everything that a request names.
    ///
    /// @throws AwsError where the request is malformed or names a value out of bounds
    EventInvokeConfig changed(Map<String, @Nullable Object> request, Instant now) {
        var destinations = request.get("DestinationConfig");
        return new EventInvokeConfig(
                arn,
                now,
                number(request, "MaximumRetryAttempts", 0, MAX_RETRIES, retries),
                number(request, "MaximumEventAgeInSeconds", MIN_AGE, MAX_AGE, ageSeconds),
                destination(destinations, "OnSuccess", onSuccess),
                destination(destinations, "OnFailure", onFailure));
    }

    Duration age() {
        return Duration.ofSeconds(ageSeconds == null ? MAX_AGE : ageSeconds);
    }

    /// The waits before each retry, of those that there are by default.
    List<Duration> delays(List<Duration> usual) {
        return retries == null || retries >= usual.size() ? usual : usual.subList(0, retries);
    }

    Map<String, @Nullable Object> describe() {
        var description = new LinkedHashMap<String, @Nullable Object>();
        description.put("LastModified", JsonAnswer.seconds(modified));
        description.put("FunctionArn", arn);
        if (retries != null) {
            description.put("MaximumRetryAttempts", (long) retries);
        }
        if (ageSeconds != null) {
            description.put("MaximumEventAgeInSeconds", (long) ageSeconds);
        }
        var destinations = new LinkedHashMap<String, @Nullable Object>();
        destinations.put("OnSuccess", onSuccess == null ? Map.of() : Map.of("Destination", onSuccess));
        destinations.put("OnFailure", onFailure == null ? Map.of() : Map.of("Destination", onFailure));
        description.put("DestinationConfig", destinations);
        return description;
    }

    private static @Nullable Integer number(
            Map<String, @Nullable Object> request, String name, int least, int most, @Nullable Integer before) {
        var value = request.get(name);
        if (value == null) {
            return before;
        }
        if (!(value instanceof Long number) || number < least || number > most) {
            var small = value instanceof Long number && number < least;
            throw Violation.ofRange(Json.print(value), name, small, small ? least : most)
                    .error();
        }
        return number.intValue();
    }

    private static @Nullable String destination(@Nullable Object destinations, String which, @Nullable String before) {
        if (!(destinations instanceof Map<?, ?> all) || !(all.get(which) instanceof Map<?, ?> one)) {
            return before;
        }
        if (!(one.get("Destination") instanceof String arn) || arn.isEmpty()) {
            return null;
        }
        if (!arn.matches(
                "arn:[a-zA-Z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]+)?")) {
            throw new AwsError(
                    400,
                    "InvalidParameterValueException",
                    "The destination ARN " + arn + " is invalid. The embedded AWS delivers to Lambda functions only.");
        }
        return arn;
    }
}
