package dev.baton.local.lambda;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The treatment of asynchronous invocations of a function under one qualifier.
///
/// See
/// [PutFunctionEventInvokeConfig](https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html).
///
/// @param arn of the function, with its qualifier
/// @param retries 0 to 2; null for as many as there are by default
/// @param ageSeconds how long an invocation may wait for its last attempt, 60 to 21,600; null for the most
/// @param onSuccess the ARN of a function, with or without qualifier, or queue that is told of successes; null for none
/// @param onFailure the same for failures
record EventInvokeConfig(
        String arn,
        Instant modified,
        @Nullable Integer retries,
        @Nullable Integer ageSeconds,
        @Nullable String onSuccess,
        @Nullable String onFailure) {
    private static final int MAX_AGE = 21_600;

    /// What holds where nothing is configured.
    static EventInvokeConfig none(String arn, Instant now) {
        return new EventInvokeConfig(arn, now, null, null, null, null);
    }

    /// This, with everything that a request names.
    ///
    /// @throws AwsError where the request is malformed or names a value out of bounds
    EventInvokeConfig changed(ApiInput request, Instant now) {
        var destinations = request.object("DestinationConfig");
        return new EventInvokeConfig(
                arn,
                now,
                number(request, "MaximumRetryAttempts", retries),
                number(request, "MaximumEventAgeInSeconds", ageSeconds),
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

    /// Whether a destination is a standard queue; others can be none.
    static boolean isQueue(String arn) {
        return arn.matches("arn:[a-zA-Z-]+:sqs:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,80}");
    }

    /// What a role needs to tell a destination, such as `SendMessage`.
    static String right(String destination) {
        return isQueue(destination) ? "SendMessage" : isTopic(destination) ? "Publish" : "InvokeFunction";
    }

    /// Those of FIFO are none that Lambda takes.
    static boolean isTopic(String arn) {
        return arn.matches("arn:[^:]+:sns:[^:]+:[0-9]{12}:[A-Za-z0-9_-]+");
    }

    private static @Nullable Integer number(ApiInput request, String name, @Nullable Integer before) {
        var given = request.integer(name);
        return given == null ? before : given;
    }

    private static @Nullable String destination(ApiInput destinations, String which, @Nullable String before) {
        var one = destinations.objectIf(which);
        if (one == null) {
            return before;
        }
        var arn = one.text("Destination", "");
        if (arn.isEmpty()) {
            return null;
        }
        if (!isQueue(arn)
                && !isTopic(arn)
                && !arn.matches(
                        "arn:[a-zA-Z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]+)?")) {
            throw new AwsError(
                    400,
                    "InvalidParameterValueException",
                    "The destination ARN " + arn
                            + " is invalid. The embedded AWS delivers to Lambda functions, standard queues and standard topics only.");
        }
        return arn;
    }
}
