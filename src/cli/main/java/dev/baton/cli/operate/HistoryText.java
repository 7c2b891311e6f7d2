package dev.baton.cli.operate;

import dev.baton.cli.follow.FollowedExecution;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The events of an execution in words for people. They are told in their order.
public final class HistoryText {
    private final Map<Long, String> states = new HashMap<>();

    /// An event that names no state belongs to that of the event before it.
    public String state(HistoryEvent event) {
        var state = state(event, states);
        states.put(event.id(), state);
        return state;
    }

    private static String state(HistoryEvent event, Map<Long, String> stateOf) {
        if (event.stateEnteredEventDetails() != null) {
            return event.stateEnteredEventDetails().name();
        }
        return event.stateExitedEventDetails() != null
                ? event.stateExitedEventDetails().name()
                : stateOf.getOrDefault(event.previousEventId(), "");
    }

    /// What an event tells more: an error with the first line of its cause, or the input.
    public String detail(HistoryEvent event) {
        if (event.taskFailedEventDetails() != null) {
            return failed(
                    event.taskFailedEventDetails().error(),
                    event.taskFailedEventDetails().cause());
        }
        if (event.taskTimedOutEventDetails() != null) {
            return failed(
                    event.taskTimedOutEventDetails().error(),
                    event.taskTimedOutEventDetails().cause());
        }
        if (event.executionFailedEventDetails() != null) {
            return failed(
                    event.executionFailedEventDetails().error(),
                    event.executionFailedEventDetails().cause());
        }
        if (event.executionAbortedEventDetails() != null) {
            return failed(
                    event.executionAbortedEventDetails().error(),
                    event.executionAbortedEventDetails().cause());
        }
        if (event.evaluationFailedEventDetails() != null) {
            return failed(
                    event.evaluationFailedEventDetails().error(),
                    event.evaluationFailedEventDetails().cause());
        }
        return event.executionStartedEventDetails() != null
                ? String.valueOf(event.executionStartedEventDetails().input())
                : "";
    }

    private static String failed(@Nullable String error, @Nullable String cause) {
        var message = FollowedExecution.message(cause).lines().findFirst().orElse("");
        return (error == null ? "" : error) + (message.isEmpty() ? "" : ": " + message);
    }
}
