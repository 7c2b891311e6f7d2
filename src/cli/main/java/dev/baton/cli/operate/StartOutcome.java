package dev.baton.cli.operate;

import dev.baton.cli.follow.RunEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The outcome of one start: what the start function made of one run that it considered.
///
/// @param outcome `started`, `running`, `succeeded`, `waiting`, `failed`, `misshapen`, `complete` or
///     `unmatched`
/// @param json all that it told
public record StartOutcome(String outcome, Map<String, @Nullable Object> json) {

    /// One of the answer's `results`.
    @SuppressWarnings("unchecked")
    public static StartOutcome of(@Nullable Object result) {
        var json = result instanceof Map<?, ?> object ? (Map<String, @Nullable Object>) object : Map.of();
        return new StartOutcome(String.valueOf(json.get("outcome")), (Map<String, @Nullable Object>) json);
    }

    /// The ARN of the execution that it is about, if there is one.
    public Optional<String> execution() {
        return json.get("execution") instanceof String arn ? Optional.of(arn) : Optional.empty();
    }

    /// The name of that execution; empty where there is none.
    public String name() {
        return text("name");
    }

    /// Whether the execution that was asked for is there and did not fail.
    public boolean good() {
        return switch (outcome) {
            case "started", "running", "succeeded", "complete" -> true;
            default -> false;
        };
    }

    /// The parameters of the run that was considered, by component; empty where it was none.
    public Map<String, String> parameters() {
        if (!(json.get("parameters") instanceof Map<?, ?> given)) {
            return Map.of();
        }
        var parameters = new TreeMap<String, String>();
        given.forEach((name, value) -> parameters.put(String.valueOf(name), String.valueOf(value)));
        return parameters;
    }

    /// As people and programs are told.
    public RunEvent event() {
        return switch (outcome) {
            case "started" -> new RunEvent.Started(name(), text("execution"), text("reason"));
            case "running", "succeeded" -> new RunEvent.Known(name(), text("execution"), text("status"));
            case "waiting" -> new RunEvent.Waiting(awaited());
            case "failed" -> new RunEvent.Ignored(name() + " ended " + text("status") + ": " + text("remedy"));
            case "complete" -> new RunEvent.Ignored(text("parameters") + ": " + text("reason"));
            case "misshapen" ->
                new RunEvent.Ignored(text("parameters") + " cannot run: " + text("reason") + " (" + text("code") + "). "
                        + text("remedy"));
            case "unmatched" -> new RunEvent.Ignored(text("uri") + " is not the upload of a task");
            default -> new RunEvent.Ignored(String.valueOf(json));
        };
    }

    /// The logical URIs of the uploads that are missing.
    public List<String> awaited() {
        return json.get("for") instanceof List<?> uris
                ? uris.stream().map(String::valueOf).toList()
                : List.of();
    }

    String text(String name) {
        return String.valueOf(json.getOrDefault(name, ""));
    }
}
