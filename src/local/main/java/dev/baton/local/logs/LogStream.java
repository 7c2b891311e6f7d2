package dev.baton.local.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// One writer's part of a log: events in the order of their timestamps.
public final class LogStream {
    /// CloudWatch Logs takes no longer ones.
    static final int LONGEST = 1 << 20;
    /// What memory keeps of a stream where there is no folder.
    private static final int KEPT = 1 << 20;
    private static final int CHUNK = 1 << 20;

    private final String name;
    private final long created;
    private final InstantSource clock;
    private final StreamText text;
    private final EventBlocks blocks = new EventBlocks();
    private boolean read;
    private boolean deleted;

    /// @param read whether there is nothing in the text yet that is to be read
    LogStream(String name, long created, InstantSource clock, StreamText text, boolean read) {
        this.name = name;
        this.created = created;
        this.clock = clock;
        this.text = text;
        this.read = read;
    }

    static LogStream inMemory(String name, InstantSource clock) {
        return new LogStream(name, clock.millis(), clock, new MemoryText(KEPT), true);
    }

    public String name() {
        return name;
    }

    /// Milliseconds since 1970.
    public long created() {
        return created;
    }

    /// Adds a line as of now.
    public void add(String message) {
        add(List.of(message));
    }

    /// Adds lines as of now. They outlive the process.
    public synchronized void add(List<String> messages) {
        var now = clock.millis();
        try {
            // Lambda and the driver of containers drop lines that are empty, and cut those that are too long.
            append(
                    messages.stream()
                            .filter(message -> !message.isEmpty())
                            .map(message -> LogEvent.of(
                                    now, now, message.length() > LONGEST ? message.substring(0, LONGEST) : message))
                            .toList(),
                    false);
        } catch (UncheckedIOException e) {
            // A log that cannot be kept must not stop what it is about.
            System.getLogger("dev.baton.local")
                    .log(System.Logger.Level.WARNING, "a line of the log " + name + " is lost", e);
        }
    }

    /// Adds events, which are on the disk then.
    void put(List<LogEvent> events) {
        append(events, true);
    }

    private synchronized void append(List<LogEvent> events, boolean forced) {
        if (events.isEmpty() || deleted) {
            return;
        }
        try {
            know();
            var lines = EventLines.print(events);
            text.append(lines, forced);
            know(lines, text.end() - lines.length);
            blocks.dropBefore(text.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Has it on the disk, although it is empty.
    void force() {
        try {
            text.append(new byte[0], true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void know(byte[] lines, long offset) {
        for (var line : EventLines.lines(lines, blocks.last())) {
            blocks.add(offset + line.from(), line.to() - line.from() + 1, line.timestamp(), line.ingested());
        }
    }

    /// Reads the text once, where it was there before this process.
    private void know() throws IOException {
        if (read) {
            return;
        }
        read = true;
        for (long at = text.start(); at < text.end(); ) {
            int wanted = CHUNK;
            var chunk = text.read(at, wanted);
            int whole = whole(chunk);
            while (whole == 0 && at + wanted < text.end()) {
                wanted *= 2;
                chunk = text.read(at, wanted);
                whole = whole(chunk);
            }
            if (whole == 0) {
                return;
            }
            know(whole == chunk.length ? chunk : Arrays.copyOf(chunk, whole), at);
            at += whole;
        }
    }

    /// Where the last whole line ends.
    private static int whole(byte[] chunk) {
        for (int i = chunk.length; i > 0; i--) {
            if (chunk[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    private synchronized EventBlocks known() {
        try {
            know();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }

    /// When the last of its lines came, or it was made.
    synchronized long written() {
        return Math.max(created, blocks.ingested());
    }

    /// All its events, oldest first.
    public List<LogEvent> events() {
        var events = new ArrayList<LogEvent>();
        forward(EventPlace.FIRST, Long.MAX_VALUE).forEachRemaining(events::add);
        return events;
    }

    /// The times of what it has.
    ///
    /// @param first timestamp of the first event
    /// @param last timestamp of the last one
    /// @param ingested when the last one came
    record Span(long first, long last, long ingested) {}

    /// @param oldest what is older counts as gone
    /// @return null where there are no events
    synchronized @Nullable Span span(long oldest) {
        var all = known();
        if (all.isEmpty() || all.last() < oldest) {
            return null;
        }
        return new Span(Math.max(all.first(), oldest), all.last(), all.ingested());
    }

    /// The events from a place on, read while they are asked for.
    ///
    /// @param end events of this time and later are not told
    Iterator<LogEvent> forward(EventPlace from, long end) {
        List<EventBlocks.Block> chosen;
        boolean ordered;
        synchronized (this) {
            chosen = known().between(from.timestamp(), end);
            ordered = blocks.isOrdered();
        }
        return new Reading(ordered ? chosen : joined(chosen), false) {
            @Override
            boolean isWanted(LogEvent event) {
                return event.timestamp() < end && event.place().compareTo(from) >= 0;
            }
        };
    }

    /// The events before a place, the last of them first.
    ///
    /// @param start events before this time are not told
    Iterator<LogEvent> backward(EventPlace before, long start) {
        List<EventBlocks.Block> chosen;
        boolean ordered;
        synchronized (this) {
            chosen = known().between(
                            start, before.timestamp() == Long.MAX_VALUE ? Long.MAX_VALUE : before.timestamp() + 1);
            ordered = blocks.isOrdered();
        }
        return new Reading(ordered ? chosen.reversed() : joined(chosen), true) {
            @Override
            boolean isWanted(LogEvent event) {
                return event.timestamp() >= start && event.place().compareTo(before) < 0;
            }
        };
    }

    /// What does not lie in order is read at once. Few writers tell of the past.
    private static List<EventBlocks.Block> joined(List<EventBlocks.Block> blocks) {
        if (blocks.isEmpty()) {
            return blocks;
        }
        long from = blocks.getFirst().offset();
        return List.of(
                new EventBlocks.Block(from, Math.toIntExact(blocks.getLast().end() - from), 0, 0));
    }

    /// Events, block by block.
    private abstract class Reading implements Iterator<LogEvent> {
        private final Iterator<EventBlocks.Block> left;
        private final boolean reversed;
        private Iterator<LogEvent> here = Collections.emptyIterator();

        Reading(List<EventBlocks.Block> blocks, boolean reversed) {
            this.left = blocks.iterator();
            this.reversed = reversed;
        }

        abstract boolean isWanted(LogEvent event);

        @Override
        public boolean hasNext() {
            while (!here.hasNext() && left.hasNext()) {
                here = events(left.next());
            }
            return here.hasNext();
        }

        private Iterator<LogEvent> events(EventBlocks.Block block) {
            try {
                long from = Math.max(block.offset(), text.start());
                var events = new ArrayList<>(EventLines.parse(text.read(from, (int) (block.end() - from)), from));
                events.removeIf(event -> !isWanted(event));
                events.sort(Comparator.comparing(LogEvent::place));
                return (reversed ? events.reversed() : events).iterator();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public LogEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return here.next();
        }
    }

    /// Takes away all that is older than a moment, where that is all there is.
    synchronized void expire(long oldest) {
        try {
            if (!known().isEmpty() && blocks.last() < oldest) {
                text.clear();
                blocks.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Who still writes to it writes for nobody.
    synchronized void delete() {
        deleted = true;
        try {
            text.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
