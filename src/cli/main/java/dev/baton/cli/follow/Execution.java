package dev.baton.cli.follow;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// One execution, followed through its history. Only the API is asked, so it is followed the same way everywhere.
public final class Execution {
    private static final String WAIT = ".waitForTaskToken";
    private static final List<String> NOT_THE_AUTHORS = List.of(
            "dev.baton.lambda.",
            "dev.baton.task.",
            "dev.baton.cli.",
            "dev.baton.json.",
            "java.",
            "jdk.",
            "com.amazonaws.",
            "software.amazon.");

    private final SfnClient states;
    private final String arn;
    private final Function<String, Optional<String>> roleOf;
    private final Map<Long, String> stateOf = new HashMap<>();
    private final Map<String, Instant> entered = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Map<String, @Nullable Object>> results = new HashMap<>();
    /// Waits for another branch that timed out, by the event that says so: told as failures only where nothing follows.
    private final Map<Long, RunEvent.TaskFailed> timedOutWaits = new LinkedHashMap<>();
    private final Set<String> waiting = new HashSet<>();
    private long seen;
    private int ran;
    private int skipped;

    /// @param roleOf the name of the role that a state's task runs under; nothing for a state that is no task's
    public Execution(SfnClient states, String arn, Function<String, Optional<String>> roleOf) {
        this.states = states;
        this.arn = arn;
        this.roleOf = roleOf;
    }

    /// Tells what happened since it was last asked.
    ///
    /// @return the end, once the execution has ended
    public Optional<RunEvent.Ended> follow(Consumer<RunEvent> told) {
        // The status first: what ended before it was asked is in the history that is asked after.
        var execution = states.describeExecution(request -> request.executionArn(arn));
        news().forEach(event -> tell(event, told));
        if (execution.status() == ExecutionStatus.RUNNING) {
            return Optional.empty();
        }
        timedOutWaits.values().forEach(told);
        timedOutWaits.clear();
        var ended = new RunEvent.Ended(
                execution.name(),
                execution.statusAsString(),
                Duration.between(execution.startDate(), execution.stopDate()),
                ran,
                skipped,
                execution.error(),
                execution.cause());
        told.accept(ended);
        return Optional.of(ended);
    }

    private List<HistoryEvent> news() {
        var events =
                states
                        .getExecutionHistoryPaginator(
                                request -> request.executionArn(arn).maxResults(1000))
                        .events()
                        .stream()
                        .filter(event -> event.id() > seen)
                        .toList();
        if (!events.isEmpty()) {
            seen = events.getLast().id();
        }
        return events;
    }

    private void tell(HistoryEvent event, Consumer<RunEvent> told) {
        var state = event.stateEnteredEventDetails() != null
                ? event.stateEnteredEventDetails().name()
                : stateOf.getOrDefault(event.previousEventId(), "");
        stateOf.put(event.id(), state);
        roleOf.apply(state).ifPresent(role -> tell(event, state, role, told));
    }

    private void tell(HistoryEvent event, String state, String role, Consumer<RunEvent> told) {
        switch (event.typeAsString()) {
            case "TaskStateEntered" -> {
                entered.put(state, event.timestamp());
                attempts.put(state, 0);
            }
            case "TaskScheduled" -> scheduled(event, state, role, told);
            case "TaskFailed" -> {
                var details = event.taskFailedEventDetails();
                told.accept(new RunEvent.TaskFailed(state, role, text(details.error()), message(details.cause())));
            }
            case "TaskSubmitFailed" -> {
                var details = event.taskSubmitFailedEventDetails();
                told.accept(new RunEvent.TaskFailed(state, role, text(details.error()), message(details.cause())));
            }
            case "TaskTimedOut" -> {
                var details = event.taskTimedOutEventDetails();
                var failed = new RunEvent.TaskFailed(state, role, text(details.error()), message(details.cause()));
                if (waiting.contains(state)) {
                    timedOutWaits.put(event.id(), failed);
                } else {
                    told.accept(failed);
                }
            }
            case "TaskSucceeded" ->
                results.put(state, payload(event.taskSucceededEventDetails().output()));
            case "TaskStateExited" -> {
                var took = Duration.between(entered.getOrDefault(state, event.timestamp()), event.timestamp());
                told.accept(ended(state, role, took, results.getOrDefault(state, Map.of())));
            }
            default -> {
                // The other events of a task's state say nothing that these do not.
            }
        }
    }

    /// A state that waits for another branch is scheduled anew when its wait timed out; the task has not been tried by
    /// that.
    private void scheduled(HistoryEvent event, String state, String role, Consumer<RunEvent> told) {
        if (event.taskScheduledEventDetails().resource().endsWith(WAIT)) {
            waiting.add(state);
        }
        if (timedOutWaits.remove(event.previousEventId()) == null) {
            told.accept(new RunEvent.TaskStarted(state, role, attempts.merge(state, 1, Integer::sum) - 1));
        }
    }

    private RunEvent ended(String state, String role, Duration took, Map<String, @Nullable Object> result) {
        var outcome = result.get("outcome") instanceof String name ? name : "RAN";
        if (outcome.equals("RAN")) {
            ran++;
        } else {
            skipped++;
        }
        return new RunEvent.TaskEnded(state, role, outcome, took, output(result, "uri"), output(result, "version"));
    }

    private static String output(Map<String, @Nullable Object> result, String member) {
        return result.get("output") instanceof Map<?, ?> reference && reference.get(member) instanceof String text
                ? text
                : "";
    }

    /// Lambda's cause is a JSON object around the message that its code gave.
    public static String message(@Nullable String cause) {
        return object(cause).get("errorMessage") instanceof String message ? message : text(cause);
    }

    /// Where in the author's code it was thrown, as Java tells it: `shop.Report.run(Report.java:12)`; nothing where the
    /// cause does not say.
    public static Optional<String> place(@Nullable String cause) {
        return object(cause).get("stackTrace") instanceof List<?> frames
                ? frames.stream()
                        .map(String::valueOf)
                        .filter(frame -> NOT_THE_AUTHORS.stream().noneMatch(frame::startsWith))
                        .findFirst()
                : Optional.empty();
    }

    /// What the function answered: the integration puts it into `Payload`; what comes back with a token is it.
    private static Map<String, @Nullable Object> payload(@Nullable String output) {
        var answer = object(output);
        return answer.get("Payload") instanceof Map<?, ?> payload ? cast(payload) : answer;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> cast(Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
    }

    private static Map<String, @Nullable Object> object(@Nullable String text) {
        try {
            return text == null ? Map.of() : Json.parseObject(text);
        } catch (JsonException e) {
            return Map.of();
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
