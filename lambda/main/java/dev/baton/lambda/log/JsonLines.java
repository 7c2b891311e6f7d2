package dev.baton.lambda.log;

import dev.baton.json.Json;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/// Prints log events, one JSON object a line: time, level, logger and message, then what the thread is about (the MDC)
/// and what the event adds.
public final class JsonLines {
    private static final int FRAMES = 40;

    private final PrintStream out;
    private final InstantSource time;

    JsonLines(PrintStream out, InstantSource time) {
        this.out = out;
        this.time = time;
    }

    void print(
            Level level,
            String logger,
            String message,
            Map<String, String> context,
            @Nullable List<KeyValuePair> added,
            @Nullable Throwable problem) {
        // One write: lines of several threads stay whole.
        out.println(line(time.instant(), level, logger, message, context, added, problem));
    }

    /// The line of a log event, without its break.
    ///
    /// @param context what the thread is about
    /// @param added what the event adds
    public static String line(
            Instant time,
            Level level,
            String logger,
            String message,
            Map<String, String> context,
            @Nullable List<KeyValuePair> added,
            @Nullable Throwable problem) {
        var line = new LinkedHashMap<String, @Nullable Object>();
        line.put("timestamp", time.toString());
        line.put("level", level.name());
        line.put("logger", logger);
        line.put("message", message);
        line.putAll(context);
        if (added != null) {
            added.forEach(pair -> line.put(pair.key, json(pair.value)));
        }
        if (problem != null) {
            line.put("error", error(problem));
        }
        return Json.print(line);
    }

    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var object = new LinkedHashMap<String, @Nullable Object>();
            map.forEach((key, member) -> object.put(String.valueOf(key), json(member)));
            return object;
        }
        if (value instanceof List<?> list) {
            var array = new ArrayList<@Nullable Object>();
            list.forEach(element -> array.add(json(element)));
            return array;
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return number;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value == null || value instanceof Long || value instanceof Boolean ? value : value.toString();
    }

    private static Map<String, Object> error(Throwable problem) {
        var error = new LinkedHashMap<String, Object>();
        error.put("type", problem.getClass().getName());
        error.put("message", String.valueOf(problem.getMessage()));
        var frames = new ArrayList<String>();
        var seen = new IdentityHashMap<Throwable, Boolean>();
        for (var cause = problem; cause != null && seen.put(cause, true) == null; cause = cause.getCause()) {
            if (!frames.isEmpty()) {
                frames.add("caused by " + cause);
            }
            for (var frame : cause.getStackTrace()) {
                if (frames.size() < FRAMES) {
                    frames.add(frame.toString());
                }
            }
        }
        error.put("stack", frames);
        return error;
    }
}
