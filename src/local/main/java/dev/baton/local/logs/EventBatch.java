package dev.baton.local.logs;

import dev.baton.local.service.ApiInput;
import dev.baton.local.service.JsonAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events of one `PutLogEvents`: those that are taken, and what is told of the others.
///
/// @param rejected null where all are taken
record EventBatch(List<LogEvent> taken, @Nullable Map<String, @Nullable Object> rejected) {
    private static final int OVERHEAD = 26;
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration TOO_OLD = Duration.ofDays(14);
    private static final Duration TOO_NEW = Duration.ofHours(2);

    /// @param oldest what is older than the group keeps
    static EventBatch of(List<ApiInput> given, Instant now, long oldest) {
        checkSize(given);
        checkOrder(given);
        int fromOld = count(given, now.minus(TOO_OLD).toEpochMilli());
        int fromKept = count(given, oldest);
        int toNew = count(given, now.plus(TOO_NEW).toEpochMilli() + 1);
        var taken = new ArrayList<LogEvent>();
        for (var event : given.subList(Math.max(fromOld, fromKept), Math.max(toNew, Math.max(fromOld, fromKept)))) {
            taken.add(LogEvent.of(time(event), now.toEpochMilli(), event.require("message")));
        }
        checkSpan(taken);
        var rejected = new JsonAnswer()
                .putIf("tooNewLogEventStartIndex", toNew < given.size() ? (Integer) toNew : null)
                .putIf("tooOldLogEventEndIndex", fromOld > 0 ? (Integer) fromOld : null)
                .putIf("expiredLogEventEndIndex", fromKept > 0 ? (Integer) fromKept : null)
                .map();
        return new EventBatch(taken, rejected.isEmpty() ? null : rejected);
    }

    private static long time(ApiInput event) {
        var timestamp = event.number("timestamp");
        return timestamp == null ? 0 : timestamp.longValue();
    }

    /// How many are before a time.
    private static int count(List<ApiInput> events, long time) {
        return (int) events.stream().filter(event -> time(event) < time).count();
    }

    private static void checkSize(List<ApiInput> events) {
        long bytes = 0;
        for (var event : events) {
            int length = event.require("message").getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
            if (length > LogStream.LONGEST) {
                throw LogsErrors.invalid(
                        "Log event too large: " + length + " bytes exceeds limit of " + LogStream.LONGEST);
            }
            bytes += length;
        }
        if (bytes > MOST_BYTES) {
            throw LogsErrors.invalid("Upload too large: " + bytes + " bytes exceeds limit of " + MOST_BYTES);
        }
    }

    private static void checkOrder(List<ApiInput> events) {
        for (int i = 1; i < events.size(); i++) {
            if (time(events.get(i)) < time(events.get(i - 1))) {
                throw LogsErrors.invalid("Log events in a single PutLogEvents request must be in chronological order.");
            }
        }
    }

    private static void checkSpan(List<LogEvent> events) {
        if (!events.isEmpty()
                && events.getLast().timestamp() - events.getFirst().timestamp() > LONGEST.toMillis()) {
            throw LogsErrors.invalid(
                    "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }
}
