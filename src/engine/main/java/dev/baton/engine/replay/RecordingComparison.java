package dev.baton.engine.replay;

import dev.baton.engine.execution.Execution;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares an execution with its recording, in three tiers: result, cause, events; and in what the events
/// tell.
final class RecordingComparison {
    private final RecordedCase recorded;
    private final Map<String, @Nullable Object> expected;
    private final TextMatch match;
    private final TextMatch deepMatch;
    private final List<String> differences = new ArrayList<>();
    private final List<String> details = new ArrayList<>();

    private RecordingComparison(RecordedCase recorded, Set<String> taskTokens) {
        this.recorded = recorded;
        this.expected = recorded.expected();
        this.match = new TextMatch(RecordingMembers.texts(recorded.fields(), "wildcards"));
        this.deepMatch = new TextMatch(RecordingMembers.texts(recorded.fields(), "wildcards"), taskTokens);
    }

    /// @param taskTokens that the tasks of the execution were given
    static Verdict of(RecordedCase recorded, Execution actual, Set<String> taskTokens) {
        return new RecordingComparison(recorded, taskTokens).compare(actual);
    }

    /// The verdict where nothing could be run.
    static Verdict impossible(RecordedCase recorded, String why) {
        var hasEvents =
                recorded.expected().containsKey("events") || recorded.expected().containsKey("event_types");
        return new Verdict(recorded, false, false, hasEvents ? false : null, List.of(why), List.of(), null);
    }

    private Verdict compare(Execution actual) {
        var pass = result(actual);
        var cause = cause(actual);
        var events = events(actual);
        if (Boolean.TRUE.equals(events) && mode().equals("sequence")) {
            new EventComparison(deepMatch, details).compare(RecordingMembers.array(expected, "events"), actual);
        }
        return new Verdict(
                recorded, pass, pass && cause, events == null ? null : pass && events, differences, details, actual);
    }

    private boolean result(Execution actual) {
        var status = check("status", expected.get("status"), actual.status().name());
        var output = !expected.containsKey("output") || check("output", expected.get("output"), actual.output());
        var error = expected.containsKey("error")
                ? check("error", expected.get("error"), actual.error())
                : none(actual.error()) || "SUCCEEDED".equals(expected.get("status"));
        if (!error && !expected.containsKey("error")) {
            differences.add("error: expected none, but was " + actual.error());
        }
        return status && output && error;
    }

    private static boolean none(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private boolean check(String what, @Nullable Object wanted, @Nullable Object actual) {
        if (match.equal(wanted, actual)) {
            return true;
        }
        differences.add(what + ": expected " + Json.print(wanted) + ", but was " + Json.print(actual));
        return false;
    }

    private boolean cause(Execution actual) {
        if (expected.containsKey("cause")) {
            return check("cause", expected.get("cause"), actual.cause());
        }
        var missing = RecordingMembers.texts(expected, "cause_contains").stream()
                .filter(part -> actual.cause() == null || !actual.cause().contains(part))
                .toList();
        missing.forEach(part -> differences.add("cause: expected to contain " + part + ", but was " + actual.cause()));
        return missing.isEmpty();
    }

    private @Nullable Boolean events(Execution actual) {
        var types = types();
        if (types == null) {
            return null;
        }
        var actualTypes =
                actual.history().stream().map(event -> event.type().name()).toList();
        var equal = switch (mode()) {
            case "multiset" -> counted(types, false).equals(counted(actualTypes, false));
            case "multiset-lossy" -> counted(types, true).equals(counted(actualTypes, true));
            default -> types.equals(actualTypes);
        };
        if (!equal) {
            differences.add("events: expected " + types + ", but were " + actualTypes);
        }
        return equal;
    }

    private String mode() {
        return RecordingMembers.text(RecordingMembers.object(recorded.fields(), "compare"), "events", "sequence");
    }

    private @Nullable List<String> types() {
        if (expected.containsKey("event_types")) {
            return RecordingMembers.texts(expected, "event_types");
        }
        if (!expected.containsKey("events")) {
            return null;
        }
        return RecordingMembers.array(expected, "events").stream()
                .map(event -> RecordingMembers.text(RecordingMembers.object(event), "type", ""))
                .toList();
    }

    private static Map<String, Integer> counted(List<String> types, boolean withoutParallel) {
        var counts = new HashMap<String, Integer>();
        types.stream()
                .filter(type -> !withoutParallel || !type.startsWith("ParallelState"))
                .forEach(type -> counts.merge(type, 1, Integer::sum));
        return counts;
    }
}
