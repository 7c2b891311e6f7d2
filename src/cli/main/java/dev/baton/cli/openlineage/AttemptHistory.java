package dev.baton.cli.openlineage;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.name.Arn;
import dev.baton.run.TaskInvocation;
import dev.baton.run.TaskOutcome;
import dev.baton.task.InvalidInput;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// The attempts at tasks that the history of an execution tells of: those that a function does the work of. A state
/// that waits for another branch is one from when its wait began.
final class AttemptHistory {
    /// By the last event that is about it.
    private final Map<Long, Long> scheduled = new HashMap<>();
    private final Map<Long, TaskAttempted> attempts = new LinkedHashMap<>();

    private AttemptHistory() {}

    /// @param events of one execution, from the first on
    static List<TaskAttempted> of(Iterable<HistoryEvent> events) {
        var history = new AttemptHistory();
        events.forEach(history::take);
        return List.copyOf(history.attempts.values());
    }

    private void take(HistoryEvent event) {
        switch (event.typeAsString()) {
            case "TaskScheduled" -> {
                var details = event.taskScheduledEventDetails();
                attempt(event, details.parameters()).ifPresent(attempt -> {
                    attempts.put(event.id(), attempt);
                    scheduled.put(event.id(), event.id());
                });
            }
            case "TaskStarted", "TaskSubmitted" -> {
                var first = scheduled.get(event.previousEventId());
                if (first != null) {
                    scheduled.put(event.id(), first);
                }
            }
            case "TaskSucceeded" ->
                end(
                        event,
                        new TaskAttempted.Succeeded(
                                event.timestamp(),
                                ran(event.taskSucceededEventDetails().output())));
            case "TaskFailed" -> {
                var details = event.taskFailedEventDetails();
                end(event, failed(event, details.error(), details.cause()));
            }
            case "TaskStartFailed" -> {
                var details = event.taskStartFailedEventDetails();
                end(event, failed(event, details.error(), details.cause()));
            }
            case "TaskSubmitFailed" -> {
                var details = event.taskSubmitFailedEventDetails();
                end(event, failed(event, details.error(), details.cause()));
            }
            case "TaskTimedOut" -> {
                var details = event.taskTimedOutEventDetails();
                end(event, failed(event, details.error(), details.cause()));
            }
            default -> {
                // The other events are not about attempts.
            }
        }
    }

    private static TaskAttempted.Failed failed(HistoryEvent event, @Nullable String error, @Nullable String cause) {
        return new TaskAttempted.Failed(event.timestamp(), error == null ? "States.TaskFailed" : error, cause);
    }

    private void end(HistoryEvent event, TaskAttempted.End end) {
        var first = scheduled.get(event.previousEventId());
        if (first != null) {
            attempts.computeIfPresent(first, (id, attempt) -> attempt.endedBy(end));
        }
    }

    /// The integration puts the function's answer into `Payload`; what comes back with a token is it.
    private static boolean ran(@Nullable String output) {
        try {
            var answer = output == null ? Map.<String, Object>of() : Json.parseObject(output);
            return !(answer.getOrDefault("Payload", answer) instanceof Map<?, ?> result)
                    || !(result.get("outcome") instanceof String outcome)
                    || outcome.equals(TaskOutcome.RAN.name());
        } catch (JsonException e) {
            return true;
        }
    }

    private static Optional<TaskAttempted> attempt(HistoryEvent event, @Nullable String parameters) {
        try {
            var arguments = parameters == null ? Map.<String, Object>of() : Json.parseObject(parameters);
            if (!(arguments.get("Payload") instanceof Map<?, ?> payload)) {
                return Optional.empty();
            }
            if (payload.get("begin") instanceof Map<?, ?> begin) {
                return attempt(event, begin.get("function"), begin.get("event"));
            }
            return payload.containsKey("node")
                    ? attempt(event, arguments.get("FunctionName"), payload)
                    : Optional.empty();
        } catch (JsonException | InvalidInput e) {
            // Somebody else's state, or another version's.
            return Optional.empty();
        }
    }

    private static Optional<TaskAttempted> attempt(
            HistoryEvent event, @Nullable Object function, @Nullable Object payload) {
        if (!(function instanceof String arn) || payload == null) {
            return Optional.empty();
        }
        var parsed = Arn.find(arn);
        return Optional.of(new TaskAttempted(
                parsed == null ? arn : parsed.name(),
                TaskInvocation.parse(Json.bytes(payload)),
                event.timestamp(),
                null));
    }
}
