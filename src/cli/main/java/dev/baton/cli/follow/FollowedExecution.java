package dev.baton.cli.follow;

import dev.baton.cli.output.AwsFailure;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.PinnedObject;
import dev.baton.run.TaskOutcome;
import dev.baton.run.TaskResult;
import dev.baton.task.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// One execution, followed through its history. Only the API is asked, so it is followed the same way everywhere.
public final class FollowedExecution {
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
    private final EventPlaces places = new EventPlaces();
    private final Map<Visit, Seen> visits = new HashMap<>();
    private final Map<Visit, Tally> tallies = new HashMap<>();
    private final List<FollowedMapRun> mapRuns = new ArrayList<>();
    /// Waits for another branch that timed out, by the event that says so: told as failures only where nothing follows.
    private final Map<Long, RunEvent.TaskFailed> timedOutWaits = new LinkedHashMap<>();
    private long seen;
    private int ran;
    private int skipped;

    /// A state, in an item of a Map or outside.
    private record Visit(EventPlaces.Place place) {}

    /// The observations of a task's state since it was entered.
    private static final class Seen {
        private final @Nullable Instant entered;
        private String node;
        private int attempts;
        private boolean waits;
        private @Nullable Long seconds;
        private @Nullable TaskResult result;

        Seen(String node) {
            this(node, null);
        }

        Seen(String node, @Nullable Instant entered) {
            this.node = node;
            this.entered = entered;
        }

        String limit() {
            return seconds == null ? "" : "it took longer than " + seconds + " s";
        }
    }

    /// The items of a Map that are done.
    private static final class Tally {
        private final int items;
        private int succeeded;
        private int failed;

        Tally(int items) {
            this.items = items;
        }

        Tally succeed() {
            succeeded++;
            return this;
        }

        Tally fail() {
            failed++;
            return this;
        }

        RunEvent.Items event(String map, boolean ended) {
            return new RunEvent.Items(map, items, succeeded, failed, ended);
        }
    }

    /// @param roleOf the name of the role that a state's task runs under; nothing for a state that is not a task's
    public FollowedExecution(SfnClient states, String arn, Function<String, Optional<String>> roleOf) {
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
        mapRuns.forEach(run -> run.follow(told));
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
        var place = places.of(event);
        switch (event.typeAsString()) {
            case "MapRunStarted" ->
                mapRuns.add(new FollowedMapRun(
                        states, event.mapRunStartedEventDetails().mapRunArn(), place.state()));
            case "MapStateStarted" ->
                tallies.put(
                        new Visit(place),
                        new Tally(event.mapStateStartedEventDetails().length()));
            case "MapIterationSucceeded" -> told.accept(tally(place).succeed().event(place.state(), false));
            case "MapIterationFailed", "MapIterationAborted" ->
                told.accept(tally(place).fail().event(place.state(), false));
            case "MapStateSucceeded", "MapStateFailed", "MapStateAborted" -> {
                var tally = tallies.remove(new Visit(place));
                if (tally != null) {
                    told.accept(tally.event(place.state(), true));
                }
            }
            case "TaskScheduled" -> {
                var approval = approval(event);
                approval.ifPresent(told);
                if (approval.isEmpty()) {
                    roleOf.apply(place.state()).ifPresent(role -> tell(event, new Visit(place), role, told));
                }
            }
            default -> roleOf.apply(place.state()).ifPresent(role -> tell(event, new Visit(place), role, told));
        }
    }

    /// That the state of an event waits for an approval.
    private static Optional<RunEvent> approval(HistoryEvent event) {
        var details = event.taskScheduledEventDetails();
        var seconds = details.timeoutInSeconds();
        return object(details.parameters()).get("Payload") instanceof Map<?, ?> payload
                        && payload.get("approval") instanceof Map<?, ?> asked
                        && seconds != null
                ? Optional.of(new RunEvent.ApprovalAsked(
                        String.valueOf(asked.get("node")),
                        String.valueOf(asked.get("by")),
                        event.timestamp(),
                        event.timestamp().plusSeconds(seconds)))
                : Optional.empty();
    }

    private void tell(HistoryEvent event, Visit visit, String role, Consumer<RunEvent> told) {
        var seen = visits.computeIfAbsent(visit, here -> new Seen(here.place().state()));
        switch (event.typeAsString()) {
            case "TaskStateEntered" -> visits.put(visit, new Seen(visit.place().state(), event.timestamp()));
            case "TaskScheduled" -> scheduled(event, visit, seen, role, told);
            case "TaskFailed" -> {
                var details = event.taskFailedEventDetails();
                told.accept(failed(seen, role, text(details.error()), message(details.cause())));
            }
            case "TaskSubmitFailed" -> {
                var details = event.taskSubmitFailedEventDetails();
                told.accept(failed(seen, role, text(details.error()), message(details.cause())));
            }
            case "TaskTimedOut" -> {
                var details = event.taskTimedOutEventDetails();
                var cause = message(details.cause());
                var failed = failed(seen, role, text(details.error()), cause.isEmpty() ? seen.limit() : cause);
                if (seen.waits) {
                    timedOutWaits.put(event.id(), failed);
                } else {
                    told.accept(failed);
                }
            }
            case "TaskSucceeded" ->
                seen.result = result(event.taskSucceededEventDetails().output());
            case "TaskStateExited" -> {
                var entered = seen.entered == null ? event.timestamp() : seen.entered;
                told.accept(ended(seen.node, role, Duration.between(entered, event.timestamp()), seen.result, visit));
            }
            default -> {
                // The other events of a task's state say nothing that these do not.
            }
        }
    }

    private static RunEvent.TaskFailed failed(Seen seen, String role, String error, String cause) {
        return new RunEvent.TaskFailed(seen.node, role, error, cause, seen.waits ? "" : Remedies.of(error));
    }

    /// A state that waits for another branch is scheduled anew when its wait timed out; the task has not been tried by
    /// that.
    private void scheduled(HistoryEvent event, Visit visit, Seen seen, String role, Consumer<RunEvent> told) {
        var details = event.taskScheduledEventDetails();
        seen.waits |= details.resource().endsWith(WAIT);
        seen.seconds = details.timeoutInSeconds();
        if (visit.place().item() != null) {
            seen.node = node(details.parameters(), seen.node);
        }
        if (timedOutWaits.remove(event.previousEventId()) == null) {
            told.accept(new RunEvent.TaskStarted(
                    seen.node, role, seen.attempts++, visit.place().items()));
        }
    }

    /// The item of a Map that it is: the compiler's states tell their functions.
    private static String node(@Nullable String parameters, String otherwise) {
        return object(parameters).get("Payload") instanceof Map<?, ?> payload
                        && payload.get("node") instanceof String node
                ? node
                : otherwise;
    }

    private Tally tally(EventPlaces.Place map) {
        return tallies.computeIfAbsent(new Visit(map), visit -> new Tally(0));
    }

    /// @param result nothing where the state answers otherwise, as one does that lists the items of a Map
    private RunEvent ended(String node, String role, Duration took, @Nullable TaskResult result, Visit visit) {
        var outcome = result == null ? TaskOutcome.RAN : result.outcome();
        if (outcome == TaskOutcome.RAN) {
            ran++;
        } else {
            skipped++;
        }
        var output = result == null ? Optional.<PinnedObject>empty() : result.output();
        return new RunEvent.TaskEnded(
                node,
                role,
                outcome,
                took,
                output.map(PinnedObject::uri).orElse(""),
                output.map(PinnedObject::version).orElse(""),
                result == null ? "" : result.why(),
                visit.place().items());
    }

    /// Lambda's cause is a JSON object around the message that its code gave.
    public static String message(@Nullable String cause) {
        return AwsFailure.message(object(cause).get("errorMessage") instanceof String message ? message : text(cause));
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
    private static @Nullable TaskResult result(@Nullable String output) {
        var answer = object(output);
        try {
            return TaskResult.of(answer.getOrDefault("Payload", answer));
        } catch (InvalidInput e) {
            return null;
        }
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
