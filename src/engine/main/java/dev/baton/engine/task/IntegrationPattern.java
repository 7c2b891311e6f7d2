package dev.baton.engine.task;

/// The way in which a Task state waits for the service that it calls.
///
/// @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html">Service integration
/// patterns</a>
public enum IntegrationPattern {
    /// Until the service answers.
    REQUEST_RESPONSE(""),
    /// Until the started work is done (`.sync`).
    SYNC(".sync"),
    /// As [#SYNC], with the result parsed as JSON (`.sync:2`).
    SYNC_2(".sync:2"),
    /// Until somebody returns the task token (`.waitForTaskToken`).
    WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

    private final String suffix;

    IntegrationPattern(String suffix) {
        this.suffix = suffix;
    }

    /// The end of the resource ARN of a state with this pattern.
    public String suffix() {
        return suffix;
    }

    public static IntegrationPattern of(String resource) {
        for (var pattern : new IntegrationPattern[] {WAIT_FOR_TASK_TOKEN, SYNC_2, SYNC}) {
            if (resource.endsWith(pattern.suffix)) {
                return pattern;
            }
        }
        return REQUEST_RESPONSE;
    }
}
