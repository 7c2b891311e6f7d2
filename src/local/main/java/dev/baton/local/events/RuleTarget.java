package dev.baton.local.events;

import dev.baton.local.service.Violation;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a rule sends its events, as PutTargets gave it.
///
/// @param json the request's own object, which ListTargetsByRule gives back
record RuleTarget(String id, String arn, @Nullable String roleArn, Map<String, @Nullable Object> json) {
    private static final int MOST_ATTEMPTS = 185;
    private static final Duration OLDEST = Duration.ofHours(24);

    static RuleTarget of(Map<?, ?> json) {
        var id = text(json, "Id");
        var arn = text(json, "Arn");
        if (id == null || arn == null) {
            throw Violation.missing("targets.1.member." + (id == null ? "id" : "arn"))
                    .error();
        }
        @SuppressWarnings("unchecked")
        var object = (Map<String, @Nullable Object>) json;
        return new RuleTarget(id, arn, text(json, "RoleArn"), object);
    }

    boolean isBus() {
        return arn.contains(":event-bus/");
    }

    boolean isFunction() {
        return arn.startsWith("arn:aws:lambda:");
    }

    boolean isMachine() {
        return arn.contains(":stateMachine:");
    }

    int retries() {
        return json.get("RetryPolicy") instanceof Map<?, ?> policy
                        && policy.get("MaximumRetryAttempts") instanceof Number attempts
                ? attempts.intValue()
                : MOST_ATTEMPTS;
    }

    Duration oldest() {
        return json.get("RetryPolicy") instanceof Map<?, ?> policy
                        && policy.get("MaximumEventAgeInSeconds") instanceof Number seconds
                ? Duration.ofSeconds(seconds.longValue())
                : OLDEST;
    }

    String deadLetterArn() {
        return json.get("DeadLetterConfig") instanceof Map<?, ?> config && config.get("Arn") instanceof String queue
                ? queue
                : "";
    }

    static @Nullable String text(Map<?, ?> json, String name) {
        return json.get(name) instanceof String text ? text : null;
    }
}
