package dev.baton.engine.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One attempt of a Task state, as its handler sees it.
///
/// @param executionArn the execution that asks
/// @param state the Task state's name
/// @param resource what to call
/// @param parameters the JSON value to call it with: the evaluated Parameters or Arguments, or the state's input
/// @param roleArn the role of `Credentials`, or null where the state has none: the execution's own role acts
/// @param executionRoleArn the role of the state machine
/// @param taskToken names this attempt; whoever holds it may complete the attempt
/// @param context the context object (`$$`) of this attempt
/// @param timeoutSeconds when the engine gives up, or null for never
/// @param heartbeatSeconds the longest silence that the engine bears, or null for any
/// @param visit how often the state was entered before, in this branch or iteration
/// @param attempt how often this visit was retried before
/// @param iterations the indexes of the Map iterations around the state, outermost first
public record TaskStateInvocation(
        String executionArn,
        String state,
        TaskResource resource,
        @Nullable Object parameters,
        @Nullable String roleArn,
        @Nullable String executionRoleArn,
        String taskToken,
        Map<String, @Nullable Object> context,
        @Nullable Long timeoutSeconds,
        @Nullable Long heartbeatSeconds,
        int visit,
        int attempt,
        List<Integer> iterations) {

    public TaskStateInvocation {
        iterations = List.copyOf(iterations);
    }

    /// Without the token, which parameters and context hold too.
    @Override
    public String toString() {
        return "TaskInvocation[" + executionArn + ", " + state + ", " + resource + ", attempt " + attempt + "]";
    }
}
