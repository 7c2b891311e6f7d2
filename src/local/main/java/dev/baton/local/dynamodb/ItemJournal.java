package dev.baton.local.dynamodb;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.local.dynamodb.item.Attribute;
import dev.baton.local.dynamodb.item.AttributeReader;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.RecordFile;
import dev.baton.local.internal.StoredJson;
import dev.baton.local.service.JsonAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The changes of all items in the order that they were made in, so that what was answered outlives the process. What
/// a transaction changes is one record: it is there as a whole or not at all.
final class ItemJournal implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final long SMALL = 8 << 20;
    /// The text of an item is longer than what DynamoDB counts.
    private static final int WORTH = 6;

    private final RecordFile file;
    private final AtomicBoolean compacting = new AtomicBoolean();
    /// Whatever came of it the last time, the file grows before it is tried again.
    private volatile long tried;

    /// What became of an item.
    ///
    /// @param table its id
    /// @param item the whole item, or the key of one that is gone
    /// @param gone whether it was deleted
    record Change(String table, Map<String, Attribute> item, boolean gone) {
        /// The item in all tables.
        private record Place(String table, Map<String, Attribute> key) {}
    }

    /// Changes that were made at once.
    ///
    /// @param token of the transaction that made them, if it had one
    record Entry(
            long sequence, List<Change> changes, @Nullable Token token) {}

    /// What a transaction is known again by.
    ///
    /// @param digest of the request that it came with
    record Token(String text, String digest, Instant time) {}

    ItemJournal(Path folder) throws IOException {
        file = new RecordFile(LocalDisk.DISK, folder.resolve("journal"), false);
    }

    /// Tells all changes so far.
    ///
    /// @throws dev.baton.local.internal.UnreadableFile LOC001 and LOC002
    List<Diagnostic> replay(Consumer<Entry> into) throws IOException {
        return file.replay(record -> into.accept(entry(record)));
    }

    private static Entry entry(byte[] record) {
        var json = new StoredJson(Json.parseObject(record));
        var changes = json.objects("changes").stream()
                .map(change -> new Change(
                        change.text("table"),
                        AttributeReader.attributes(change.json(change.has("put") ? "put" : "delete")),
                        !change.has("put")))
                .toList();
        var token = json.has("token") ? new Token(json.text("token"), json.text("digest"), json.time("time")) : null;
        return new Entry(json.number("n"), changes, token);
    }

    /// Takes changes down.
    ///
    /// @return a ticket for [#await]
    long append(Entry entry) {
        return file.append(record(entry));
    }

    private static byte[] record(Entry entry) {
        var changes = new ArrayList<Map<String, ?>>();
        for (var change : entry.changes()) {
            changes.add(
                    Map.of("table", change.table(), change.gone() ? "delete" : "put", Attribute.json(change.item())));
        }
        var json = new JsonAnswer().put("n", entry.sequence()).put("changes", changes);
        var token = entry.token();
        if (token != null) {
            json.put("token", token.text())
                    .put("digest", token.digest())
                    .put("time", token.time().toEpochMilli());
        }
        return Json.bytes(json.map());
    }

    /// Waits until they are on the disk.
    void await(long ticket) {
        try {
            file.await(ticket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Decides whether an item is still as a change left it.
    @FunctionalInterface
    interface Current {
        boolean is(Change change, long sequence);
    }

    /// Leaves out what later changes made worthless, where that is most of the file. Others go on meanwhile.
    ///
    /// @param bytes what all items have together
    /// @param keys tells the key of an item alone, by the id of its table; nothing where there is no such table any
    ///     more
    /// @param since when transactions were made that are known by their tokens
    void compactIfLong(long bytes, Current current, KeyOf keys, Instant since) {
        if (file.length() > Math.max(SMALL + WORTH * bytes, tried) && compacting.compareAndSet(false, true)) {
            Thread.ofVirtual().name("dynamodb-journal").start(() -> {
                try {
                    compact(current, keys, since);
                } catch (IOException | RuntimeException e) {
                    LOG.log(Logger.Level.WARNING, "the journal of DynamoDB stays as long as it is", e);
                } finally {
                    tried = file.length() + SMALL;
                    compacting.set(false);
                }
            });
        }
    }

    /// Does so at once. One thread at a time.
    void compact(Current current, KeyOf keys, Instant since) throws IOException {
        file.replace(() -> new Worth(current, keys, since));
    }

    /// Tells the key of an item that a change is about.
    @FunctionalInterface
    interface KeyOf {
        @Nullable
        Map<String, Attribute> of(Change change);
    }

    /// What has to stay of a record of the journal, asked for one after another: all of it, nothing, or the token that a
    /// transaction is known by after its items have changed again.
    ///
    /// A record with several changes stays for one of them. What it says of other items is then followed by all that
    /// was said of those later, lest they come back.
    private static final class Worth implements Function<byte[], Optional<byte[]>> {
        private final Current current;
        private final KeyOf keys;
        private final Instant since;
        private final HashSet<Change.Place> revived = new HashSet<>();

        Worth(Current current, KeyOf keys, Instant since) {
            this.current = current;
            this.keys = keys;
            this.since = since;
        }

        @Override
        public Optional<byte[]> apply(byte[] record) {
            var entry = entry(record);
            var places = new ArrayList<Change.Place>();
            boolean stays = false;
            for (var change : entry.changes()) {
                var key = keys.of(change);
                if (key != null) {
                    var place = new Change.Place(change.table(), key);
                    boolean is = current.is(change, entry.sequence());
                    stays |= is || revived.contains(place);
                    if (!is) {
                        places.add(place);
                    }
                }
            }
            if (stays) {
                revived.addAll(places);
                return Optional.of(record);
            }
            var token = entry.token();
            return token == null || token.time().isBefore(since)
                    ? Optional.empty()
                    : Optional.of(record(new Entry(entry.sequence(), List.of(), token)));
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
