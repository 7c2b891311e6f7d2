package dev.baton.local.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One writer's part of a log. The last events stay in memory; all of them in a file, where there is a folder.
public final class LogStream {
    private static final int KEPT = 10_000;
    /// CloudWatch Logs takes no longer ones.
    private static final int MAX_MESSAGE = 256 << 10;

    private final String name;
    private final long created;
    private final InstantSource clock;
    private final @Nullable Path file;
    private final List<LogEvent> events = new ArrayList<>();

    LogStream(String name, InstantSource clock, @Nullable Path file) {
        this.name = name;
        this.created = clock.millis();
        this.clock = clock;
        this.file = file;
    }

    public String name() {
        return name;
    }

    /// Milliseconds since 1970.
    public long created() {
        return created;
    }

    /// Adds a line as of now.
    public synchronized void add(String message) {
        var now = clock.millis();
        var event =
                new LogEvent(now, now, message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message);
        if (events.size() == KEPT) {
            events.subList(0, KEPT / 2).clear();
        }
        events.add(event);
        if (file != null) {
            try {
                Files.writeString(
                        file,
                        event.message() + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                // A log that cannot be kept must not stop what it is about; it is still in memory.
                return;
            }
        }
    }

    /// The last events, oldest first.
    public synchronized List<LogEvent> events() {
        return List.copyOf(events);
    }
}
