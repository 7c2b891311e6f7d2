package dev.baton.local.events;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.RecordFile;
import dev.baton.local.internal.StoredJson;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the deliveries that are under way, so that an event that was accepted reaches its targets also after the
/// process was killed. Whether one has ended is written soon after: it may be made twice, as EventBridge itself may.
///
/// The file is as long as four times what is under way, and 4 MB, at most.
final class DeliveryJournal implements AutoCloseable {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final long SMALL = 4 << 20;

    private final RecordFile file;
    private final Map<Long, Kept> open = new LinkedHashMap<>();
    private long lastId;
    private long size;
    private long length;
    private boolean closed;

    /// A delivery as the file has it.
    private record Kept(Under under, byte[] json) {}

    /// A delivery that is under way.
    ///
    /// @param attempt the number of the one that comes next, from 1
    /// @param next when that is
    record Under(long id, Delivery delivery, RuleTarget target, Instant received, int attempt, Instant next) {}

    /// @param said is told LOC006 where the end of the file was torn
    /// @throws dev.baton.local.internal.UnreadableFile LOC001 and LOC002
    DeliveryJournal(Path folder, Consumer<Diagnostic> said) throws IOException {
        file = new RecordFile(LocalDisk.DISK, folder.resolve("journal"), false);
        file.replay(this::read).forEach(said);
        file.rewrite(into -> open.values().stream().map(Kept::json).forEach(into));
        length = file.length();
    }

    private void read(byte[] record) {
        var json = new StoredJson(Json.parseObject(record));
        long id = json.number("id");
        lastId = Math.max(lastId, id);
        var before = open.remove(id);
        if (before != null) {
            size -= before.json().length;
        }
        if (json.has("event") && json.has("target")) {
            var target = RuleTarget.of(json.json("target"));
            var delivery =
                    new Delivery(json.json("event"), json.text("rule"), target.arn(), target.id(), json.text("input"));
            keep(new Under(id, delivery, target, json.time("received"), json.integer("attempt"), json.time("next")));
        }
    }

    private byte[] keep(Under under) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", under.id());
        json.put("event", under.delivery().event());
        json.put("rule", under.delivery().ruleArn());
        json.put("target", under.target().json());
        json.put("input", under.delivery().input());
        json.put("received", under.received().toEpochMilli());
        json.put("attempt", (long) under.attempt());
        json.put("next", under.next().toEpochMilli());
        var bytes = Json.bytes(json);
        var before = open.put(under.id(), new Kept(under, bytes));
        size += bytes.length - (before == null ? 0 : before.json().length);
        return bytes;
    }

    /// What was under way when the process before ended, in the order that it came in.
    synchronized List<Under> open() {
        return open.values().stream().map(Kept::under).toList();
    }

    /// Takes a delivery down; it is on the disk after [#await].
    synchronized Under begin(Delivery delivery, RuleTarget target, Instant received, Instant next) {
        var under = new Under(++lastId, delivery, target, received, 1, next);
        write(keep(under));
        return under;
    }

    /// Takes down that an attempt has failed, and when the next one is.
    synchronized Under again(Under before, Instant next) {
        var under = new Under(
                before.id(), before.delivery(), before.target(), before.received(), before.attempt() + 1, next);
        write(keep(under));
        return under;
    }

    /// Takes down that the delivery has ended, one way or the other.
    synchronized void end(Under under) {
        var before = open.remove(under.id());
        if (before != null) {
            size -= before.json().length;
            write(Json.bytes(Map.of("id", under.id())));
        }
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
            file.rewrite(into -> open.values().stream().map(Kept::json).forEach(into));
        } catch (IOException e) {
            LOG.log(Logger.Level.ERROR, "deliveries cannot be written", e);
        }
        length = file.length();
    }

    /// Waits until all that was taken down is on the disk. Where it cannot be, deliveries are made nevertheless.
    void await() {
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
