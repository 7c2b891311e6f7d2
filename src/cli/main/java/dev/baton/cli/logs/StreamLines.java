package dev.baton.cli.logs;

import dev.baton.cli.deploy.read.LogsApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reading of one stream: each line gets the origin that a line of the same invocation tells.
///
/// A function's stream has one invocation after the other, each between Lambda's own lines; a container's has one
/// attempt.
final class StreamLines {
    private static final Pattern START = Pattern.compile("START RequestId: (\\S+) .*");
    private static final Pattern REPORT = Pattern.compile("(?s)REPORT RequestId: \\S+\\s+(.*)");

    private static final Pattern TIMEOUT = Pattern.compile("\\S+ Task timed out after .* seconds");

    private final String place;
    private final boolean isOfContainer;
    private final Predicate<LogOrigin> wanted;
    private final Set<String> seen = new HashSet<>();
    private final List<LogsApi.Event> unknown = new ArrayList<>();
    private @Nullable LogOrigin origin;
    private long last;

    /// @param place group and stream
    /// @param wanted whose lines are told
    StreamLines(String place, boolean isOfContainer, Predicate<LogOrigin> wanted) {
        this.place = place;
        this.isOfContainer = isOfContainer;
        this.wanted = wanted;
    }

    /// The time of the last event that was read.
    long last() {
        return last;
    }

    /// Whether an attempt that is wanted has not ended here.
    boolean isOpen() {
        return origin != null && wanted.test(origin);
    }

    /// Reads an event, which may have been read before.
    void take(LogsApi.Event event, Consumer<LogLine> told) {
        if (!seen.add(event.id())) {
            return;
        }
        last = Math.max(last, event.timestamp());
        if (!isOfContainer && START.matcher(event.message()).matches()) {
            unknown.clear();
            origin = null;
            return;
        }
        var json = LogOrigin.json(event.message());
        var here = LogOrigin.of(json);
        if (here != null) {
            origin = here;
        }
        var whose = origin;
        if (whose == null) {
            unknown.add(event);
            return;
        }
        if (wanted.test(whose)) {
            unknown.forEach(before -> tell(before, LogOrigin.json(before.message()), whose, told));
            tell(event, json, whose, told);
        }
        unknown.clear();
        if (REPORT.matcher(event.message()).matches()) {
            origin = null;
        }
    }

    private void tell(
            LogsApi.Event event, Map<String, @Nullable Object> json, LogOrigin whose, Consumer<LogLine> told) {
        var message = event.message();
        if (message.startsWith("END RequestId: ") || isMetric(json)) {
            return;
        }
        var report = REPORT.matcher(message);
        var text = report.matches()
                ? report.group(1).strip().replaceAll("\\s*\\t\\s*", ", ")
                : json.get("message") instanceof String said ? said + error(json.get("error")) : message;
        told.accept(new LogLine(
                Instant.ofEpochMilli(event.timestamp()),
                event.id(),
                whose,
                "",
                json.get("level") instanceof String level
                        ? level
                        : TIMEOUT.matcher(message).matches() ? "ERROR" : "",
                text.stripTrailing(),
                message,
                place));
    }

    /// A figure, which is told elsewhere.
    private static boolean isMetric(Map<String, @Nullable Object> json) {
        return json.containsKey("_aws") || String.valueOf(json.get("message")).startsWith("_aws=");
    }

    private static String error(@Nullable Object error) {
        if (!(error instanceof Map<?, ?> thrown)) {
            return "";
        }
        var text = new StringBuilder("\n" + thrown.get("type") + ": " + thrown.get("message"));
        if (thrown.get("stack") instanceof List<?> frames) {
            frames.forEach(frame -> text.append("\n    ").append(frame));
        }
        return text.toString();
    }
}
