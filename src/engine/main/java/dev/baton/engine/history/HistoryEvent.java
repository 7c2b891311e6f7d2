package dev.baton.engine.history;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One event of an execution's history: small, and sharing the values that it tells of.
///
/// @param id counted from 1
/// @param previousEventId the event before it in the same branch or iteration, 0 where there is none
/// @param epochMillis when it happened, milliseconds since 1970
/// @param type what happened
/// @param details what its type tells more
/// @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html">HistoryEvent</a>
public record HistoryEvent(int id, int previousEventId, long epochMillis, EventType type, EventDetails details) {

    public Instant timestamp() {
        return Instant.ofEpochMilli(epochMillis);
    }

    /// The event as the API writes it: timestamps in seconds, payloads as JSON text made now.
    ///
    /// @param includeExecutionData whether payloads are in it
    public Map<String, @Nullable Object> toApi(boolean includeExecutionData) {
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put("timestamp", epochMillis / 1000.0);
        event.put("type", type.name());
        event.put("id", (long) id);
        event.put("previousEventId", (long) previousEventId);
        var field = type.detailsField();
        if (!field.isEmpty()) {
            event.put(field, DetailsPrinter.api(details, includeExecutionData));
        }
        return event;
    }
}
