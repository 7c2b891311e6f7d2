package dev.baton.local.events;

import dev.baton.local.service.ApiInput;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A target of a rule's events, as PutTargets gave it.
///
/// @param json the request's own object, which ListTargetsByRule gives back
record RuleTarget(String id, String arn, @Nullable String roleArn, Map<String, @Nullable Object> json) {
    private static final int MOST_ATTEMPTS = 185;
    private static final Duration OLDEST = Duration.ofHours(24);

    static RuleTarget of(Map<?, ?> json) {
        var input = new ApiInput(json);
        return new RuleTarget(input.require("Id"), input.require("Arn"), input.text("RoleArn"), input.json());
    }

    boolean isBus() {
        return arn.contains(":event-bus/");
    }

    boolean isFunction() {
        return arn.startsWith("arn:aws:lambda:");
    }

    boolean isQueue() {
        return arn.matches("arn:[^:]+:sqs:.*");
    }

    /// The group of a FIFO queue; null where none is named.
    @Nullable
    String messageGroup() {
        return new ApiInput(json).object("SqsParameters").text("MessageGroupId");
    }

    boolean isTopic() {
        return arn.matches("arn:[^:]+:sns:.*");
    }

    boolean isApiDestination() {
        return arn.contains(":api-destination/");
    }

    /// What it adds to the requests to an API destination.
    ApiInput httpParameters() {
        return new ApiInput(json).object("HttpParameters");
    }

    boolean isMachine() {
        return arn.contains(":stateMachine:");
    }

    int retries() {
        return new ApiInput(json).object("RetryPolicy").value("MaximumRetryAttempts") instanceof Number attempts
                ? attempts.intValue()
                : MOST_ATTEMPTS;
    }

    Duration oldest() {
        return new ApiInput(json).object("RetryPolicy").value("MaximumEventAgeInSeconds") instanceof Number seconds
                ? Duration.ofSeconds(seconds.longValue())
                : OLDEST;
    }

    String deadLetterArn() {
        return new ApiInput(json).object("DeadLetterConfig").text("Arn", "");
    }
}
