package dev.baton.local.sns;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The retries of deliveries over HTTP: so many at once, then at the least delay, then with growing delays, then at the
/// greatest.
///
/// See [Message delivery retries](https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html).
///
/// @param least delay in seconds
/// @param most delay in seconds
/// @param retries in all
/// @param growth `linear`, `arithmetic`, `geometric` or `exponential`
record RetryPolicy(int least, int most, int retries, int atOnce, int atLeast, int atMost, String growth) {
    static final RetryPolicy DEFAULT = new RetryPolicy(20, 20, 3, 0, 0, 0, "linear");

    /// The part of a topic's `DeliveryPolicy` that is for HTTP.
    ///
    /// @throws AwsError `InvalidParameter`
    static RetryPolicy ofTopic(String text) {
        var http = ApiInput.of(TopicAttributes.object("DeliveryPolicy", text)).object("http");
        return of(http.object("defaultHealthyRetryPolicy"));
    }

    /// A subscription's `DeliveryPolicy`.
    ///
    /// @throws AwsError `InvalidParameter`
    static RetryPolicy ofSubscription(String text) {
        var policy = ApiInput.of(TopicAttributes.object("DeliveryPolicy", text));
        for (var absent : new String[] {"throttlePolicy", "requestPolicy", "sicklyRetryPolicy"}) {
            if (policy.has(absent)) {
                throw SnsErrors.absent(absent + " in DeliveryPolicy of subscriptions");
            }
        }
        return of(policy.object("healthyRetryPolicy"));
    }

    private static RetryPolicy of(ApiInput json) {
        var policy = new RetryPolicy(
                json.integer("minDelayTarget", DEFAULT.least),
                json.integer("maxDelayTarget", Math.max(DEFAULT.most, json.integer("minDelayTarget", 0))),
                json.integer("numRetries", DEFAULT.retries),
                json.integer("numNoDelayRetries", 0),
                json.integer("numMinDelayRetries", 0),
                json.integer("numMaxDelayRetries", 0),
                json.text("backoffFunction", DEFAULT.growth));
        policy.check();
        return policy;
    }

    private void check() {
        if (least < 1 || least > most) {
            throw invalid("minDelayTarget must be between 1 and maxDelayTarget");
        }
        if (most > 3_600) {
            throw invalid("maxDelayTarget must be less than or equal to 3600");
        }
        if (retries < 0 || retries > 100) {
            throw invalid("numRetries must be between 0 and 100");
        }
        if (atOnce < 0 || atLeast < 0 || atMost < 0 || atOnce + atLeast + atMost > retries) {
            throw invalid("numRetries must be greater than or equal to the retries of its phases");
        }
        if (!growth.matches("linear|arithmetic|geometric|exponential")) {
            throw invalid("backoffFunction must be one of arithmetic, exponential, geometric or linear");
        }
    }

    private static AwsError invalid(String what) {
        return SnsErrors.invalid("DeliveryPolicy: healthyRetryPolicy." + what);
    }

    /// How long to wait before a retry.
    ///
    /// @param retry its number, from 1
    /// @return null where there is no such retry
    @Nullable
    Duration delay(int retry) {
        if (retry > retries) {
            return null;
        }
        int growing = retries - atOnce - atLeast - atMost;
        int step = retry - atOnce - atLeast;
        if (retry <= atOnce) {
            return Duration.ZERO;
        }
        if (step <= 0) {
            return Duration.ofSeconds(least);
        }
        return Duration.ofSeconds(
                step > growing
                        ? most
                        : Math.round(growing == 1 ? least : least + (most - least) * share(step, growing)));
    }

    /// How much of the way from the least to the greatest delay a step of the growing phase is at. SNS shows curves
    /// and no formulas.
    private double share(int step, int steps) {
        double linear = (step - 1) / (double) (steps - 1);
        return switch (growth) {
            case "arithmetic" -> linear * (step + 1) / (steps + 1);
            case "geometric" -> Math.pow(linear, 2);
            case "exponential" -> (Math.pow(2, step - 1) - 1) / (Math.pow(2, steps - 1) - 1);
            default -> linear;
        };
    }
}
