package dev.baton.engine.replay;

import dev.baton.engine.execution.Execution;
import dev.baton.engine.history.HistoryEvent;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares what events tell, event by event: where the recording has them in the order in which they happened.
final class EventComparison {
    /// Members that are JSON texts in a history and values in a recording.
    private static final Set<String> TEXTS = Set.of("input", "output", "parameters");

    /// Whose previous event differs from recording to recording.
    private static final Set<String> WITHOUT_PREVIOUS = Set.of("MapStateExited");

    private final TextMatch match;
    private final List<String> differences;

    EventComparison(TextMatch match, List<String> differences) {
        this.match = match;
        this.differences = differences;
    }

    void compare(List<?> expected, Execution actual) {
        var history = actual.history();
        for (var i = 0; i < Math.min(expected.size(), history.size()); i++) {
            compare(RecordingMembers.object(expected.get(i)), history.get(i));
        }
    }

    private void compare(Map<String, @Nullable Object> expected, HistoryEvent actual) {
        var type = actual.type().name();
        if (!type.equals(expected.get("type"))) {
            return;
        }
        var where = "event " + actual.id() + ", " + type;
        var previous = RecordingMembers.integer(expected, "previousEventId");
        if (expected.containsKey("previousEventId")
                && previous != actual.previousEventId()
                && !WITHOUT_PREVIOUS.contains(type)) {
            differences.add(where + ": expected to follow " + previous + ", but followed " + actual.previousEventId());
        }
        var wanted = RecordingMembers.object(expected, "details");
        var told = details(actual);
        if (expected.containsKey("details") && !match.equal(wanted, told)) {
            differences.add(where + ": expected " + Json.print(wanted) + ", but was " + Json.print(told));
        }
    }

    private static Map<String, @Nullable Object> details(HistoryEvent event) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        RecordingMembers.object(event.toApi(true).get(event.type().detailsField()))
                .forEach((name, value) -> {
                    if (name.equals("assignedVariables")) {
                        var assigned = new LinkedHashMap<String, @Nullable Object>();
                        RecordingMembers.object(value)
                                .forEach((variable, text) -> assigned.put(variable, parsed(text)));
                        details.put(name, assigned);
                    } else if (!name.endsWith("Details")) {
                        details.put(name, TEXTS.contains(name) ? parsed(value) : value);
                    }
                });
        return details;
    }

    private static @Nullable Object parsed(@Nullable Object text) {
        try {
            return text instanceof String json ? Json.parse(json) : text;
        } catch (JsonException e) {
            return text;
        }
    }
}
