package dev.baton.local;

import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The events of an embedded AWS, one after the other.
public final class RecordedEvents {
    private final LinkedBlockingQueue<Map<String, Object>> events = new LinkedBlockingQueue<>();

    public EmbeddedAws.Builder taking(EmbeddedAws.Builder builder) {
        return builder.events(events::add);
    }

    /// The next event; fails where none comes.
    public Map<String, Object> next() throws InterruptedException {
        var event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("no event came");
        }
        return event;
    }
}
