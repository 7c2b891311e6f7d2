package dev.baton.engine.replay;

import dev.baton.engine.task.TaskCompletion;
import dev.baton.engine.task.TaskHandler;
import dev.baton.engine.task.TaskResource;
import dev.baton.engine.task.TaskStateInvocation;
import dev.baton.engine.time.Scheduler;
import dev.baton.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers tasks as the recording says they went.
final class RecordedTasks implements TaskHandler {
    private final List<Map<String, @Nullable Object>> unused = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final Deque<String> workers = new ArrayDeque<>();
    private final Set<String> tokens = new HashSet<>();
    private final TextMatch match;
    private final Scheduler scheduler;

    RecordedTasks(RecordedCase recorded, Scheduler scheduler) {
        this.scheduler = scheduler;
        RecordingMembers.array(recorded.fields(), "mocks").forEach(mock -> unused.add(RecordingMembers.object(mock)));
        RecordingMembers.array(recorded.expected(), "events").stream()
                .map(RecordingMembers::object)
                .filter(event -> "ActivityStarted".equals(event.get("type")))
                .map(event -> RecordingMembers.text(RecordingMembers.object(event, "details"), "workerName", ""))
                .forEach(workers::add);
        this.match = new TextMatch(RecordingMembers.texts(recorded.fields(), "wildcards"), tokens);
    }

    /// Invocations that the recording does not have.
    List<String> unexpected() {
        return unexpected;
    }

    /// Requests that are not the recorded ones, and recorded invocations that did not happen.
    List<String> details() {
        var details = new ArrayList<>(requests);
        unused.stream()
                .filter(mock -> !Boolean.TRUE.equals(mock.get("any")))
                .map(mock -> "task: the recording has an invocation of " + mock.get("state") + " more, attempt "
                        + RecordingMembers.integer(mock, "attempt"))
                .forEach(details::add);
        return details;
    }

    /// The task tokens so far, which no recording can know.
    Set<String> tokens() {
        return tokens;
    }

    @Override
    public void start(TaskStateInvocation invocation, TaskCompletion completion) {
        tokens.add(invocation.taskToken());
        var mock = take(invocation);
        if (mock == null) {
            unexpected.add("task: the recording has no more invocations of " + invocation.state());
            completion.failure("States.TaskFailed", "The recording has no more invocations of " + invocation.state());
            return;
        }
        if (mock.containsKey("request") && !match.equal(mock.get("request"), invocation.parameters())) {
            requests.add("task: expected " + invocation.state() + " to ask " + Json.print(mock.get("request"))
                    + ", but it asked " + Json.print(invocation.parameters()));
        }
        if (invocation.resource() instanceof TaskResource.Activity) {
            var worker = workers.isEmpty() ? "recorded" : workers.poll();
            completion.started(worker.isEmpty() ? null : worker);
        }
        var outcome = RecordingMembers.object(mock, "outcome");
        var millis = RecordingMembers.integer(outcome, "after_millis");
        if (millis > 0) {
            scheduler.at(scheduler.now().plusMillis(millis), () -> answer(outcome, invocation, completion));
        } else {
            answer(outcome, invocation, completion);
        }
    }

    private static void answer(
            Map<String, @Nullable Object> outcome, TaskStateInvocation invocation, TaskCompletion completion) {
        if (outcome.containsKey("submit_output")) {
            completion.submitted(outcome.get("submit_output"));
        }
        switch (RecordingMembers.text(outcome, "type", "")) {
            case "success" -> completion.success(outcome.get("output"));
            case "failure" ->
                completion.failure(
                        RecordingMembers.textOrNull(outcome, "error"), RecordingMembers.textOrNull(outcome, "cause"));
            case "never-completes" -> {
                // The engine's own timeout or heartbeat ends it.
            }
            case "oversize-output" -> completion.success(wrapped(invocation, oversize(outcome)));
            case "echo" -> completion.success(echo(invocation));
            default -> throw new IllegalStateException("unknown outcome " + outcome.get("type"));
        }
    }

    private @Nullable Map<String, @Nullable Object> take(TaskStateInvocation invocation) {
        var best = unused.stream()
                .filter(mock -> invocation.state().equals(mock.get("state")))
                .max(Comparator.comparing(mock -> fit(mock, invocation)))
                .map(chosen -> first(fit(chosen, invocation), invocation));
        best.filter(mock -> !Boolean.TRUE.equals(mock.get("any"))).ifPresent(unused::remove);
        return best.orElse(null);
    }

    /// The first as good as the best, since the list is in recorded order.
    private Map<String, @Nullable Object> first(int fit, TaskStateInvocation invocation) {
        return unused.stream()
                .filter(mock -> invocation.state().equals(mock.get("state")))
                .filter(mock -> fit(mock, invocation) == fit)
                .findFirst()
                .orElseThrow();
    }

    /// The degree to which a mock fits: attempt before iteration before request.
    private int fit(Map<String, @Nullable Object> mock, TaskStateInvocation invocation) {
        var attempt = RecordingMembers.integer(mock, "attempt") == invocation.attempt() ? 4 : 0;
        var iterations =
                invocation.iterations().stream().map(Integer::longValue).toList();
        var iteration = mock.containsKey("iteration") && iterations.equals(mock.get("iteration")) ? 2 : 0;
        var request = mock.containsKey("request") && match.equal(mock.get("request"), invocation.parameters()) ? 1 : 0;
        return attempt + iteration + request;
    }

    private static String oversize(Map<String, @Nullable Object> outcome) {
        return RecordingMembers.text(outcome, "char", "a").repeat(RecordingMembers.integer(outcome, "bytes"));
    }

    private static boolean isInvoke(TaskStateInvocation invocation) {
        return invocation.resource() instanceof TaskResource.Integration service
                && service.service().equals("lambda")
                && service.action().equals("invoke");
    }

    private static Object wrapped(TaskStateInvocation invocation, Object payload) {
        return isInvoke(invocation) ? Map.of("Payload", payload, "StatusCode", 200L) : payload;
    }

    private static @Nullable Object echo(TaskStateInvocation invocation) {
        if (!isInvoke(invocation)) {
            return invocation.parameters();
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("ExecutedVersion", "$LATEST");
        answer.put("Payload", RecordingMembers.object(invocation.parameters()).get("Payload"));
        answer.put("StatusCode", 200L);
        return answer;
    }
}
