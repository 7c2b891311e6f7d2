package dev.baton.local.delivery;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.RecordFile;
import dev.baton.local.internal.StoredJson;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keeps the deliveries that are under way, so that what was accepted reaches its receivers also after the process was
/// killed. Whether one has ended is written soon after: it may be made twice, as services themselves may.
///
/// Beside them it keeps what their service has to know for a while, whatever became of them.
///
/// The file is as long as four times what is under way or to be known, and 4 MB, at most.
///
/// @param <D> what is delivered, and to whom
public final class DeliveryJournal<D> implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final long SMALL = 4 << 20;

    private final RecordFile file;
    private final Function<D, Map<String, @Nullable Object>> written;
    private final Map<Long, Kept<D>> open = new LinkedHashMap<>();
    private final Deque<Note> notes = new ArrayDeque<>();
    private long lastId;
    private long size;
    private long length;
    private boolean closed;

    /// A delivery as the file has it.
    private record Kept<D>(UnderWay<D> delivery, byte[] json) {}

    /// A delivery that is under way.
    ///
    /// @param attempt the number of the one that comes next, from 1
    /// @param next when that is
    public record UnderWay<D>(long id, D delivery, Instant received, int attempt, Instant next) {}

    /// What a service has to know until a moment.
    public record Memo(Map<String, String> content, Instant until) {
        public Memo {
            content = Map.copyOf(content);
        }
    }

    /// A memo as the file has it.
    private record Note(Memo memo, byte[] json) {
        static Note of(Memo memo) {
            return new Note(
                    memo,
                    Json.bytes(
                            Map.of("memo", memo.content(), "until", memo.until().toEpochMilli())));
        }
    }

    /// @param written a delivery's own members in a record, none of them `id`, `received`, `attempt` or `next`
    /// @param read the delivery again
    /// @param said is told LOC006 where the end of the file was torn
    /// @throws dev.baton.local.internal.UnreadableFile LOC001 and LOC002
    public DeliveryJournal(
            Path folder,
            Function<D, Map<String, @Nullable Object>> written,
            Function<StoredJson, D> read,
            Consumer<Diagnostic> said)
            throws IOException {
        this.written = written;
        file = new RecordFile(LocalDisk.DISK, folder.resolve("journal"), false);
        file.replay(record -> read(record, read)).forEach(said);
        file.rewrite(this::useful);
        length = file.length();
    }

    private void useful(Consumer<byte[]> into) {
        notes.stream().map(Note::json).forEach(into);
        open.values().stream().map(Kept::json).forEach(into);
    }

    private void read(byte[] record, Function<StoredJson, D> read) {
        var json = new StoredJson(Json.parseObject(record));
        if (json.has("memo")) {
            keep(Note.of(new Memo(json.map("memo"), json.time("until"))));
            return;
        }
        long id = json.number("id");
        lastId = Math.max(lastId, id);
        var before = open.remove(id);
        if (before != null) {
            size -= before.json().length;
        }
        if (json.has("attempt")) {
            keep(new UnderWay<>(
                    id, read.apply(json), json.time("received"), json.integer("attempt"), json.time("next")));
        }
    }

    private void keep(Note note) {
        notes.add(note);
        size += note.json().length;
    }

    private byte[] keep(UnderWay<D> delivery) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", delivery.id());
        json.putAll(written.apply(delivery.delivery()));
        json.put("received", delivery.received().toEpochMilli());
        json.put("attempt", (long) delivery.attempt());
        json.put("next", delivery.next().toEpochMilli());
        var bytes = Json.bytes(json);
        var before = open.put(delivery.id(), new Kept<>(delivery, bytes));
        size += bytes.length - (before == null ? 0 : before.json().length);
        return bytes;
    }

    /// What was under way when the process before ended, in the order that it came in.
    public synchronized List<UnderWay<D>> open() {
        return open.values().stream().map(Kept::delivery).toList();
    }

    /// Takes a delivery down; it is on the disk after [#await].
    public synchronized UnderWay<D> begin(D delivery, Instant received, Instant next) {
        var begun = new UnderWay<>(++lastId, delivery, received, 1, next);
        write(keep(begun));
        return begun;
    }

    /// Takes down that an attempt has failed, and when the next one is.
    public synchronized UnderWay<D> again(UnderWay<D> before, Instant next) {
        var after = new UnderWay<>(before.id(), before.delivery(), before.received(), before.attempt() + 1, next);
        write(keep(after));
        return after;
    }

    /// Takes down that the delivery has ended, one way or the other.
    public synchronized void end(UnderWay<D> delivery) {
        var before = open.remove(delivery.id());
        if (before != null) {
            size -= before.json().length;
            write(Json.bytes(Map.of("id", delivery.id())));
        }
    }

    /// What is to be known, in the order that it was taken down in; some of it perhaps no longer.
    public synchronized List<Memo> memos() {
        return notes.stream().map(Note::memo).toList();
    }

    /// Takes down what is to be known; it is on the disk after [#await]. What was to be known until now is forgotten.
    public synchronized void note(Memo memo, Instant now) {
        while (!notes.isEmpty() && notes.getFirst().memo().until().isBefore(now)) {
            size -= notes.removeFirst().json().length;
        }
        var note = Note.of(memo);
        keep(note);
        write(note.json());
    }

    private void write(byte[] record) {
        if (closed) {
            return;
        }
        file.append(record);
        length += record.length;
        if (length > SMALL + 4 * size) {
            compact();
        }
    }

    private void compact() {
        try {
            file.await(file.appended());
            file.rewrite(this::useful);
        } catch (IOException e) {
            LOG.log(Logger.Level.ERROR, "deliveries cannot be written", e);
        }
        length = file.length();
    }

    /// Waits until all that was taken down is on the disk. Where it cannot be, deliveries are made nevertheless.
    public void await() {
        try {
            file.await(file.appended());
        } catch (IOException e) {
            LOG.log(Logger.Level.ERROR, "deliveries cannot be written", e);
        }
    }

    /// What ends from now on counts as under way.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }
}
