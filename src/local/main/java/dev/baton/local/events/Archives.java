package dev.baton.local.events;

import dev.baton.engine.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The archives of all buses with their events, and their replays.
///
/// See [Archiving and replaying
/// events](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html).
final class Archives implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    /// Ended replays that are remembered.
    private static final int MOST_REPLAYS = 1_000;
    /// Deliveries under way beyond which a replay waits.
    private static final int MOST_UNDER_WAY = 500;

    private final EventBridge bridge;
    private final Scheduler scheduler;
    private final Map<String, Kept> archives = new ConcurrentSkipListMap<>();
    private final Map<String, Replay> replays = new ConcurrentSkipListMap<>();
    private volatile @Nullable Path folder;
    private volatile boolean closed;

    /// @param matcher of its pattern
    private record Kept(Archive archive, Predicate<String> matcher, ArchivedEvents events) {
        static Kept of(Archive archive, ArchivedEvents events) {
            var pattern = archive.pattern();
            return new Kept(archive, pattern == null ? event -> true : pattern.matcher(), events);
        }
    }

    Archives(EventBridge bridge, Scheduler scheduler) {
        this.bridge = bridge;
        this.scheduler = scheduler;
    }

    /// Keeps events there from now on.
    void keep(Path in) {
        folder = in;
    }

    List<Archive> all() {
        return archives.values().stream().map(Kept::archive).toList();
    }

    @Nullable
    Archive find(String name) {
        var kept = archives.get(name);
        return kept == null ? null : kept.archive();
    }

    long count(Archive archive) {
        var kept = archives.get(archive.name());
        return kept == null ? 0 : kept.events().count();
    }

    long bytes(Archive archive) {
        var kept = archives.get(archive.name());
        return kept == null ? 0 : kept.events().bytes();
    }

    /// Adds an archive, or changes what is said about one.
    void put(Archive archive) {
        var in = folder;
        try {
            var before = archives.get(archive.name());
            var events = before == null
                    ? new ArchivedEvents(in == null ? null : in.resolve("archive-" + archive.name()))
                    : before.events();
            archives.put(archive.name(), Kept.of(archive, events));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(Archive archive) {
        var kept = archives.remove(archive.name());
        if (kept != null) {
            try {
                kept.events().delete();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Takes an event into the archives that it is for. What a replay brings is in one already.
    void take(EventBus bus, Map<String, @Nullable Object> event, String text) {
        if (event.containsKey(Replay.MARK)) {
            return;
        }
        for (var kept : archives.values()) {
            if (kept.archive().busArn().equals(bus.arn()) && kept.matcher().test(text)) {
                try {
                    kept.events().add(text, kept.archive().since(scheduler.now()));
                } catch (IOException e) {
                    LOG.log(Logger.Level.ERROR, "an event cannot be archived", e);
                }
            }
        }
    }

    Collection<Replay> replays() {
        return replays.values();
    }

    @Nullable
    Replay replay(String name) {
        return replays.get(name);
    }

    /// A replay that the process before was at has failed: where it was, nobody knows.
    void restore(Replay replay) {
        replays.put(
                replay.name(),
                replay.isUnderWay()
                        ? replay.ended(Replay.State.FAILED, "The embedded AWS ended meanwhile.", scheduler.now())
                        : replay);
    }

    void start(Replay replay) {
        replays.put(replay.name(), replay);
        forget();
        Thread.ofVirtual().name("baton-replay-" + replay.name()).start(() -> run(replay.name()));
    }

    private void forget() {
        replays.values().stream()
                .filter(replay -> !replay.isUnderWay())
                .sorted((a, b) -> a.started().compareTo(b.started()))
                .limit(Math.max(0, replays.size() - MOST_REPLAYS))
                .forEach(replay -> replays.remove(replay.name()));
    }

    /// @return nothing where it has ended already
    @Nullable
    Replay cancel(String name) {
        var now = replays.computeIfPresent(
                name,
                (key, replay) -> replay.state() == Replay.State.STARTING || replay.state() == Replay.State.RUNNING
                        ? replay.in(Replay.State.CANCELLING)
                        : replay);
        return now != null && now.state() == Replay.State.CANCELLING ? now : null;
    }

    private void run(String name) {
        var replay = replays.computeIfPresent(
                name, (key, is) -> is.state() == Replay.State.STARTING ? is.in(Replay.State.RUNNING) : is);
        if (replay == null) {
            return;
        }
        try {
            var kept = archives.get(replay.archiveArn().substring(replay.archiveArn().lastIndexOf('/') + 1));
            if (kept == null) {
                ended(name, Replay.State.FAILED, "The archive is gone.");
                return;
            }
            var since = kept.archive().since(scheduler.now());
            kept.events().each(event -> again(replay, event, since));
            ended(name, isCancelled(name) ? Replay.State.CANCELLED : Replay.State.COMPLETED, null);
        } catch (IOException | RuntimeException e) {
            LOG.log(Logger.Level.ERROR, "replay " + name + " failed", e);
            ended(name, Replay.State.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private boolean again(Replay replay, Map<String, @Nullable Object> event, Instant since) {
        var time = ArchivedEvents.time(event);
        if (time.isBefore(replay.from()) || time.isAfter(replay.to()) || time.isBefore(since)) {
            return true;
        }
        while (bridge.pending() > MOST_UNDER_WAY && !closed) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                return false;
            }
        }
        if (closed || isCancelled(replay.name())) {
            return false;
        }
        event.put(Replay.MARK, replay.name());
        bridge.accept(bridge.bus(replay.busArn()), event, replay.rules());
        replays.computeIfPresent(replay.name(), (key, is) -> is.reached(time));
        return true;
    }

    private boolean isCancelled(String name) {
        var replay = replays.get(name);
        return replay == null || replay.state() == Replay.State.CANCELLING;
    }

    private void ended(String name, Replay.State how, @Nullable String why) {
        if (!closed) {
            replays.computeIfPresent(name, (key, is) -> is.ended(how, why, scheduler.now()));
            bridge.save();
        }
    }

    @Override
    public void close() {
        closed = true;
        archives.values().forEach(kept -> kept.events().close());
    }
}
