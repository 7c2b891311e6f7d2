package dev.baton.cli.logs;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whose a line of a log is: one attempt at a task in one execution, and the code that made it.
///
/// @param execution the ARN of the execution, a child's where there are children
/// @param run the run's id
/// @param task the node's id
/// @param attempt counted from 1
/// @param revision of the sources, as the function tells it
/// @param requestId of the invocation; empty in a container
public record LogOrigin(String execution, String run, String task, int attempt, String revision, String requestId) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}");
    private static final int SHORT = 12;

    /// What a line that Baton's functions log says of itself; null for other lines.
    static @Nullable LogOrigin of(Map<String, @Nullable Object> line) {
        return line.get("execution") instanceof String execution
                        && line.get("run") instanceof String run
                        && line.get("task") instanceof String task
                        && line.get("attempt") instanceof String attempt
                        && attempt.matches("\\d{1,6}")
                ? new LogOrigin(
                        execution,
                        run,
                        task,
                        Integer.parseInt(attempt) + 1,
                        text(line.get("revision")),
                        text(line.get("requestId")))
                : null;
    }

    /// What a message says of itself.
    static @Nullable LogOrigin of(String message) {
        return of(json(message));
    }

    /// The members of a message that is a JSON object; none of others.
    static Map<String, @Nullable Object> json(String message) {
        if (!message.startsWith("{")) {
            return Map.of();
        }
        try {
            return Json.parseObject(message);
        } catch (JsonException e) {
            return Map.of();
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /// The revision, as short as people write it.
    String shortRevision() {
        return HASH.matcher(revision).replaceAll(hash -> hash.group().substring(0, SHORT));
    }
}
