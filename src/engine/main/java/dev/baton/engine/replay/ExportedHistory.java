package dev.baton.engine.replay;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An execution's history as `aws stepfunctions get-execution-history` prints it, made into a case: record in the
/// account, replay for ever.
///
/// Each task answers as it did, and as long after its scheduling as it did. The children of a distributed Map have
/// histories of their own, so that a Map Run's tasks cannot be known from its parent's.
public final class ExportedHistory {
    private static final Set<String> SCHEDULED =
            Set.of("TaskScheduled", "LambdaFunctionScheduled", "ActivityScheduled");
    private static final Set<String> SUCCEEDED =
            Set.of("TaskSucceeded", "LambdaFunctionSucceeded", "ActivitySucceeded");
    private static final Set<String> FAILED = Set.of(
            "TaskFailed",
            "TaskStartFailed",
            "TaskSubmitFailed",
            "LambdaFunctionFailed",
            "LambdaFunctionScheduleFailed",
            "LambdaFunctionStartFailed",
            "ActivityFailed",
            "ActivityScheduleFailed");
    private static final Map<String, String> ENDS = Map.of(
            "ExecutionSucceeded", "SUCCEEDED",
            "ExecutionFailed", "FAILED",
            "ExecutionTimedOut", "TIMED_OUT",
            "ExecutionAborted", "ABORTED");

    private final List<Map<String, @Nullable Object>> events = new ArrayList<>();
    private final Map<Long, Map<String, @Nullable Object>> byId = new HashMap<>();
    private final Map<String, Integer> visits = new HashMap<>();
    private final Map<Long, Integer> attempts = new HashMap<>();

    private ExportedHistory(Map<String, @Nullable Object> exported) {
        for (var event : RecordingMembers.array(exported, "events")) {
            var fields = RecordingMembers.object(event);
            events.add(fields);
            byId.put(id(fields, "id"), fields);
        }
    }

    /// The case that a history and the definition that ran make.
    ///
    /// @param id how to call it
    /// @param definition the text of the definition
    /// @param exported the exported object, with its member `events` in the order of their ids
    /// @throws JsonException when the definition is not JSON
    public static RecordedCase toCase(String id, String definition, Map<String, @Nullable Object> exported) {
        return new ExportedHistory(exported).toCase(id, Json.parse(definition));
    }

    private RecordedCase toCase(String id, @Nullable Object definition) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", id);
        fields.put("kind", "execution");
        fields.put("category", "exported");
        fields.put("definition", definition);
        fields.put("machine_type", "STANDARD");
        if (!events.isEmpty()) {
            var started = details(events.getFirst());
            fields.put("input", payload(started, "input"));
            var context = new LinkedHashMap<String, @Nullable Object>();
            context.put("now", time(events.getFirst()).toString());
            if (started.get("roleArn") instanceof String role) {
                context.put("role_arn", role);
            }
            fields.put("context", context);
        }
        fields.put("mocks", mocks());
        fields.put("expect", expected());
        var concurrent = events.stream()
                .map(event -> RecordingMembers.text(event, "type", ""))
                .anyMatch(type -> type.startsWith("ParallelState") || type.startsWith("MapIteration"));
        fields.put("compare", Map.of("events", concurrent ? "multiset" : "sequence"));
        return new RecordedCase(id, "exported", fields);
    }

    private Map<String, @Nullable Object> expected() {
        var expected = new LinkedHashMap<String, @Nullable Object>();
        if (!events.isEmpty()) {
            var last = events.getLast();
            var type = RecordingMembers.text(last, "type", "");
            expected.put("status", ENDS.getOrDefault(type, "RUNNING"));
            var details = details(last);
            if (type.equals("ExecutionSucceeded")) {
                expected.put("output", payload(details, "output"));
            }
            for (var name : List.of("error", "cause")) {
                if (details.get(name) instanceof String text) {
                    expected.put(name, text);
                }
            }
        }
        expected.put("events", List.copyOf(events));
        return expected;
    }

    private List<@Nullable Object> mocks() {
        var mocks = new ArrayList<@Nullable Object>();
        for (var event : events) {
            if (SCHEDULED.contains(RecordingMembers.text(event, "type", ""))) {
                mocks.add(mock(event));
            }
        }
        return mocks;
    }

    private Map<String, @Nullable Object> mock(Map<String, @Nullable Object> scheduled) {
        var mock = new LinkedHashMap<String, @Nullable Object>();
        var iterations = new ArrayList<Object>();
        var entered = enteredBefore(scheduled, iterations);
        var details = details(scheduled);
        mock.put("state", RecordingMembers.text(details(entered), "name", ""));
        mock.put("attempt", (long) attempts.merge(id(entered, "id"), 1, Integer::sum) - 1);
        mock.put(
                "visit", (long) visits.merge(RecordingMembers.text(details(entered), "name", ""), 1, Integer::sum) - 1);
        if (!iterations.isEmpty()) {
            mock.put("iteration", List.copyOf(iterations.reversed()));
        }
        mock.put("request", payload(details, details.containsKey("parameters") ? "parameters" : "input"));
        mock.put("outcome", outcome(scheduled));
        return mock;
    }

    /// The entry of the state that scheduled something, gathering the iterations around it, innermost first.
    private Map<String, @Nullable Object> enteredBefore(
            Map<String, @Nullable Object> scheduled, List<Object> iterations) {
        Map<String, @Nullable Object> entered = Map.of();
        var at = byId.get(id(scheduled, "previousEventId"));
        while (at != null) {
            var type = RecordingMembers.text(at, "type", "");
            if (entered.isEmpty() && type.equals("TaskStateEntered")) {
                entered = at;
            }
            if (type.equals("MapIterationStarted")) {
                iterations.add((long) RecordingMembers.integer(details(at), "index"));
                at = mapStarted(at);
            } else {
                at = byId.get(id(at, "previousEventId"));
            }
        }
        return entered;
    }

    /// The start of the Map around an iteration: before it, other iterations of the same Map may have ended.
    private @Nullable Map<String, @Nullable Object> mapStarted(Map<String, @Nullable Object> iteration) {
        var at = byId.get(id(iteration, "previousEventId"));
        var depth = 0;
        while (at != null) {
            var type = RecordingMembers.text(at, "type", "");
            if (type.equals("MapStateExited")) {
                depth++;
            } else if (type.equals("MapStateStarted") && depth-- == 0) {
                return at;
            }
            at = byId.get(id(at, "previousEventId"));
        }
        return null;
    }

    private Map<String, @Nullable Object> outcome(Map<String, @Nullable Object> scheduled) {
        var outcome = new LinkedHashMap<String, @Nullable Object>();
        outcome.put("type", "never-completes");
        var at = scheduled;
        for (var next = after(at); next != null; next = after(at)) {
            var type = RecordingMembers.text(next, "type", "");
            var details = details(next);
            if (type.equals("TaskSubmitted")) {
                outcome.put("submit_output", payload(details, "output"));
            } else if (SUCCEEDED.contains(type)) {
                outcome.put("type", "success");
                outcome.put("output", payload(details, "output"));
            } else if (FAILED.contains(type)) {
                outcome.put("type", "failure");
                outcome.put("error", details.get("error"));
                outcome.put("cause", details.get("cause"));
            } else if (!type.endsWith("Started")) {
                break;
            }
            at = next;
            outcome.put(
                    "after_millis", time(next).toEpochMilli() - time(scheduled).toEpochMilli());
        }
        return outcome;
    }

    /// The event of the same attempt that follows another.
    private @Nullable Map<String, @Nullable Object> after(Map<String, @Nullable Object> event) {
        var id = id(event, "id");
        for (var next : events) {
            var type = RecordingMembers.text(next, "type", "");
            if (id(next, "previousEventId") == id && !SCHEDULED.contains(type) && !type.endsWith("StateExited")) {
                return next;
            }
        }
        return null;
    }

    private static Map<String, @Nullable Object> details(Map<String, @Nullable Object> event) {
        return event.entrySet().stream()
                .filter(member -> member.getKey().endsWith("EventDetails"))
                .map(member -> RecordingMembers.object(member.getValue()))
                .findFirst()
                .orElse(Map.of());
    }

    private static @Nullable Object payload(Map<String, @Nullable Object> details, String name) {
        if (!(details.get(name) instanceof String text)) {
            return details.get(name);
        }
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return text;
        }
    }

    private static long id(Map<String, @Nullable Object> event, String name) {
        return event.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Instant time(Map<String, @Nullable Object> event) {
        return switch (event.get("timestamp")) {
            case Number seconds -> Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1_000));
            case String text -> OffsetDateTime.parse(text).toInstant();
            case null -> Instant.EPOCH;
            default -> Instant.EPOCH;
        };
    }
}
