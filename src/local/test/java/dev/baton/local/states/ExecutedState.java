package dev.baton.local.states;

import dev.baton.asl.definition.Asl;
import dev.baton.engine.Engine;
import dev.baton.engine.execution.Execution;
import dev.baton.engine.execution.ExecutionRequest;
import dev.baton.engine.execution.PreparedMachine;
import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/// A drawn state in an execution, whose tasks do what the mock says: the second opinion on TestState.
final class ExecutedState {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:machine";

    private final DrawnState drawn;
    private final VirtualScheduler time = new VirtualScheduler(START);

    /// When each attempt began.
    private final List<Instant> attempts = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();
    private int calls;
    private Execution execution;

    private ExecutedState(DrawnState drawn) {
        this.drawn = drawn;
    }

    static ExecutedState of(DrawnState drawn) {
        var executed = new ExecutedState(drawn);
        executed.run();
        return executed;
    }

    private void run() {
        var engine = Engine.builder()
                .scheduler(time)
                .random(new Random(1))
                .taskHandler(this::call)
                .build();
        var machine = PreparedMachine.of(
                Asl.parse("drawn", Json.print(drawn.definition())).orThrow());
        execution = engine.start(ExecutionRequest.of(machine, MACHINE, "e", drawn.input()));
        time.run();
    }

    private void call(TaskStateInvocation invocation, TaskCompletion completion) {
        if (attempts.isEmpty() || !attempts.getLast().equals(time.now())) {
            attempts.add(time.now());
            calls = 0;
        }
        arguments.add(invocation.parameters());
        var call = calls++;
        if (drawn.results() == null || call >= drawn.results().size()) {
            completion.failure(DrawnState.ERROR, DrawnState.CAUSE);
        } else {
            completion.success(drawn.results().get(call));
        }
    }

    /// What TestState should answer, without inspection data.
    Map<String, Object> answer(DrawnState state) {
        var answer = new LinkedHashMap<String, Object>();
        var exit = exit();
        var backoff = backoff(state.retries());
        if (backoff != null) {
            answer.put("error", failure("error"));
            answer.put("cause", failure("cause"));
            answer.put("status", "RETRIABLE");
        } else if (exit == null) {
            answer.put("error", execution.error());
            answer.put("cause", execution.cause());
            answer.put("status", "FAILED");
        } else {
            answer.put("output", Json.parse((String) exit.get("output")));
            var next = next();
            if ("C".equals(next) && state.isMocked()) {
                answer.put("error", failure("error"));
                answer.put("cause", failure("cause"));
                answer.put("status", "CAUGHT_ERROR");
            } else {
                answer.put("status", "SUCCEEDED");
            }
            answer.put("nextState", next);
        }
        answer.values().removeIf(Objects::isNull);
        return answer;
    }

    /// What the steps of the state made, as far as the history or the tasks tell.
    Map<String, Object> data(DrawnState state) {
        var data = new LinkedHashMap<String, Object>();
        if (state.type().equals("Task") && !arguments.isEmpty()) {
            data.put(state.isPaths() ? "afterParameters" : "afterArguments", arguments.getFirst());
        }
        if (state.type().equals("Map") && state.results() != null && attempts.size() == 1 && state.failures() <= 0) {
            data.put("afterItemSelector", arguments);
        }
        return data;
    }

    /// How long the engine waited after that many retries, or null where it did not try again.
    private Long backoff(int retries) {
        return attempts.size() > retries + 1
                ? Duration.between(attempts.get(retries), attempts.get(retries + 1))
                        .toSeconds()
                : null;
    }

    private Map<?, ?> exit() {
        return events().stream()
                .filter(event -> String.valueOf(event.get("type")).endsWith("StateExited"))
                .map(event -> (Map<?, ?>) event.get("stateExitedEventDetails"))
                .filter(details -> details.get("name").equals(DrawnState.NAME))
                .findFirst()
                .orElse(null);
    }

    private String next() {
        return events().stream()
                .filter(event -> String.valueOf(event.get("type")).endsWith("StateEntered"))
                .map(event -> (String) ((Map<?, ?>) event.get("stateEnteredEventDetails")).get("name"))
                .filter(name -> name.equals("N") || name.equals("C"))
                .findFirst()
                .orElse(null);
    }

    /// Of the failure that retriers and catchers saw.
    private Object failure(String field) {
        return switch (failed()) {
            case null -> field.equals("error") ? DrawnState.ERROR : DrawnState.CAUSE;
            case Map<?, ?> details -> details.get(field);
        };
    }

    private Map<?, ?> failed() {
        return events().stream()
                .map(event -> event.get("evaluationFailedEventDetails") instanceof Map<?, ?> details
                        ? details
                        : event.get("mapRunFailedEventDetails") instanceof Map<?, ?> details ? details : null)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private List<Map<String, Object>> events() {
        var events = new ArrayList<Map<String, Object>>();
        execution.history().forEach(event -> events.add(event.toApi(true)));
        return events;
    }
}
