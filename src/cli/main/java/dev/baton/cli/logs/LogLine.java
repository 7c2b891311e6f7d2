package dev.baton.cli.logs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A line of a log.
///
/// @param id which no other line has
/// @param origin whose it is; null for what the state machine says
/// @param state the state that the state machine says something of; empty for other lines
/// @param level `ERROR`, `WARN`, `INFO`, `DEBUG`; empty where the line does not say
/// @param text for people
/// @param raw as it was written
/// @param place group and stream; empty for what the state machine says
public record LogLine(
        Instant time,
        String id,
        @Nullable LogOrigin origin,
        String state,
        String level,
        String text,
        String raw,
        String place) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// The task, or the state.
    String task() {
        return origin == null ? state : origin.task();
    }

    /// Whether it is for programs: a step of the state machine on its way through a state.
    public boolean isDetail() {
        return origin == null && level.equals("DEBUG");
    }

    /// `2026-11-30 12:00:00.123  Report #1  1a2b3c4d5e6f  ERROR failed: …`
    ///
    /// @param width of the column of the tasks
    public String print(int width) {
        var whose = origin == null ? state : origin.task() + " #" + origin.attempt();
        var revision = origin == null ? "state machine" : origin.shortRevision();
        var said = (level.isEmpty() || level.equals("INFO") ? "" : level + " ") + text;
        return TIME.format(time) + "  " + padded(whose, width) + "  " + padded(revision, 13) + "  "
                + said.replace("\n", "\n    ");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("time", time.toString());
        json.put("from", origin == null ? "state machine" : "task");
        json.put("task", task());
        if (origin != null) {
            json.put("attempt", (long) origin.attempt());
            json.put("execution", origin.execution());
            json.put("run", origin.run());
            json.put("revision", origin.revision());
            json.put("requestId", origin.requestId().isEmpty() ? null : origin.requestId());
            json.put("log", place);
        }
        json.put("level", level.isEmpty() ? null : level);
        json.put("message", text);
        json.put("raw", raw);
        return json;
    }
}
