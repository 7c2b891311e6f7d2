package dev.baton.engine.internal.execute;

import dev.baton.engine.history.EventDetails;
import dev.baton.engine.history.EventType;
import dev.baton.engine.history.HistoryEvent;
import java.util.Arrays;
import java.util.List;

/// The events of one execution. One thread at a time writes; others may take snapshots meanwhile.
final class EventLog {
    /// The most events that a STANDARD execution may have.
    static final int LIMIT = 25_000;

    /// The service sets none for EXPRESS, which five minutes end; where no time passes, this does.
    static final int EXPRESS_LIMIT = 1_000_000;

    private HistoryEvent[] events = new HistoryEvent[8];
    /// Written after the event is in its place, so that a reader who sees the size sees the events.
    private volatile int size;

    HistoryEvent add(int previousId, long millis, EventType type, EventDetails details) {
        var at = size;
        if (at == events.length) {
            events = Arrays.copyOf(events, at * 2);
        }
        var event = new HistoryEvent(at + 1, previousId, millis, type, details);
        events[at] = event;
        size = at + 1;
        return event;
    }

    int size() {
        return size;
    }

    List<HistoryEvent> snapshot() {
        var count = size;
        return List.of(Arrays.copyOf(events, count));
    }
}
