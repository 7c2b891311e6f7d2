package dev.baton.local.sqs;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.RecordFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the messages of all queues: what is sent, received, deleted and moved, a record each. A message that is moved
/// is put again, in its new queue.
///
/// There is no file until the first message. It is begun anew, without what is gone, when it is as long as four times
/// what is there, and 16 MB.
final class MessageJournal implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final long SMALL = 16 << 20;

    private final Supplier<Instant> now;
    private final long small;
    private final AtomicLong live = new AtomicLong();
    private final AtomicLong length = new AtomicLong();
    private final AtomicBoolean compacting = new AtomicBoolean();
    private @Nullable Path path;
    private volatile @Nullable RecordFile file;
    private BiPredicate<Long, String> isThere = (queue, message) -> true;

    /// A message as the file has it.
    ///
    /// @param inFlight whether it was received, and would be hidden still
    record Kept(
            long queue,
            QueueMessage message,
            Instant visibleAt,
            int receiveCount,
            @Nullable Instant firstReceived,
            boolean inFlight) {

        private Kept received(StoredJson json) {
            return new Kept(queue, message, json.time("v"), json.integer("n"), json.time("f"), true);
        }
    }

    /// What a file tells.
    ///
    /// @param messages that are there, in the order in which they were put
    /// @param sent those that were put into queues within the last five minutes and are deleted or purged
    record Content(List<Kept> messages, List<Kept> sent) {}

    /// @param now the moment that it is
    MessageJournal(Supplier<Instant> now) {
        this(now, SMALL);
    }

    /// @param small up to how many bytes the file is left as it is
    MessageJournal(Supplier<Instant> now, long small) {
        this.now = now;
        this.small = small;
    }

    /// Takes up what a folder has, and keeps there what happens from now on.
    ///
    /// @param there whether a queue has a message
    /// @param said is told LOC006 where the end of the file was torn
    /// @throws dev.baton.local.internal.UnreadableFile LOC001 and LOC002
    Content keep(Path folder, BiPredicate<Long, String> there, Consumer<Diagnostic> said) throws IOException {
        var journal = folder.resolve("sqs").resolve("journal");
        path = journal;
        isThere = there;
        if (!LocalDisk.DISK.exists(journal)) {
            return new Content(List.of(), List.of());
        }
        var messages = new LinkedHashMap<String, Kept>();
        var sent = new HashMap<String, Kept>();
        var opened = new RecordFile(LocalDisk.DISK, journal, false);
        opened.replay(record -> read(new StoredJson(Json.parseObject(record)), messages, sent))
                .forEach(said);
        file = opened;
        length.set(opened.length());
        return new Content(List.copyOf(messages.values()), List.copyOf(sent.values()));
    }

    private void read(StoredJson json, Map<String, Kept> messages, Map<String, Kept> sent) {
        if (json.has("purged")) {
            long queue = json.number("purged");
            messages.values().removeIf(kept -> {
                boolean gone = kept.queue() == queue;
                if (gone) {
                    remember(kept, sent);
                }
                return gone;
            });
            return;
        }
        var id = json.text("m");
        if (json.has("body")) {
            // Moved, it stands behind those that are in its new queue.
            messages.remove(id);
            messages.put(
                    id,
                    new Kept(
                            json.number("q"),
                            QueueMessage.stored(json),
                            json.time("v"),
                            json.count("n"),
                            json.timeIf("f"),
                            false));
        } else if (json.has("v")) {
            messages.computeIfPresent(id, (key, kept) -> kept.received(json));
        } else {
            var gone = messages.remove(id);
            if (gone != null) {
                remember(gone, sent);
            }
        }
    }

    private void remember(Kept gone, Map<String, Kept> sent) {
        var message = gone.message();
        if (message.sequence() != 0 && isRecent(message.sent().toEpochMilli(), now.get())) {
            sent.put(message.id(), gone);
        }
    }

    private static boolean isRecent(long sent, Instant now) {
        return Instant.ofEpochMilli(sent).plus(SentBefore.WINDOW).isAfter(now);
    }

    void put(long queue, QueueEntry entry) {
        var json = entry.message.json();
        json.put("q", queue);
        state(json, entry);
        append(json);
    }

    private static void state(Map<String, @Nullable Object> json, QueueEntry entry) {
        json.put("v", entry.visibleAt.toEpochMilli());
        json.put("n", (long) entry.receiveCount);
        var first = entry.firstReceived;
        if (first != null) {
            json.put("f", first.toEpochMilli());
        }
    }

    /// It is in flight, until another moment than before.
    void receive(long queue, QueueEntry entry) {
        var json = JsonAnswer.of("m", entry.message.id(), "q", queue);
        state(json, entry);
        append(json);
    }

    void delete(QueueMessage message) {
        append(Map.of("m", message.id()));
    }

    void purge(long queue) {
        append(Map.of("purged", queue));
    }

    private void append(Map<String, @Nullable Object> json) {
        var opened = opened();
        if (opened != null) {
            var record = Json.bytes(json);
            opened.append(record);
            length.addAndGet(record.length);
        }
    }

    private @Nullable RecordFile opened() {
        var opened = file;
        return opened != null || path == null ? opened : open(path);
    }

    private synchronized RecordFile open(Path journal) {
        var opened = file;
        if (opened == null) {
            try {
                opened = new RecordFile(LocalDisk.DISK, journal, false);
                file = opened;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return opened;
    }

    /// Waits until all that happened is on the disk.
    void await() {
        var opened = file;
        if (opened != null) {
            try {
                opened.await(opened.appended());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (length.get() > small + 4 * live.get() && compacting.compareAndSet(false, true)) {
                Thread.ofVirtual().name("sqs-journal").start(this::compact);
            }
        }
    }

    /// Begins the file anew without what is gone. One thread at a time.
    void compact() {
        var opened = file;
        if (opened == null) {
            return;
        }
        try {
            opened.compact(Remainder::new);
            length.set(opened.length());
            live.set(opened.length());
        } catch (IOException e) {
            LOG.log(Logger.Level.ERROR, "the messages of queues cannot be written anew", e);
        } finally {
            compacting.set(false);
        }
    }

    /// Whether a record stays, asked for one after another: of a message that is there, all records; of one that is not,
    /// those that a duplicate is known by, and what says that it is gone.
    private final class Remainder implements Predicate<byte[]> {
        /// One moment for all: else the last of a message's records might get too old alone.
        private final Instant moment = now.get();
        /// Messages that are not there and of which something stays, and the queues that had them.
        private final Set<String> gone = new HashSet<>();
        private final Set<Long> left = new HashSet<>();

        @Override
        public boolean test(byte[] record) {
            var json = new StoredJson(Json.parseObject(record));
            if (json.has("purged")) {
                return left.contains(json.number("purged"));
            }
            var message = json.text("m");
            if (json.has("q") && isThere.test(json.number("q"), message)) {
                return true;
            }
            if (json.has("sequence") && isRecent(json.number("sent"), moment)) {
                gone.add(message);
                left.add(json.number("q"));
            }
            return gone.contains(message);
        }
    }

    @Override
    public void close() {
        var opened = file;
        if (opened != null) {
            opened.close();
        }
    }
}
