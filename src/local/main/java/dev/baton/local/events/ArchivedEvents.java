package dev.baton.local.events;

import dev.baton.json.Json;
import dev.baton.local.internal.LocalDisk;
import dev.baton.local.internal.RecordFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events of an archive, in the order that they came in. They lie in pieces: a piece goes when all in it is older
/// than the archive keeps, and the oldest one when there are too many.
final class ArchivedEvents implements AutoCloseable {
    private static final long PIECE = 8 << 20;
    private static final int MOST_ON_DISK = 32;
    private static final int MOST_IN_MEMORY = 4;

    private final @Nullable Path folder;
    private final Deque<Piece> pieces = new ArrayDeque<>();

    /// Events in a file, or on the heap.
    private static final class Piece {
        final int number;
        final @Nullable RecordFile file;
        final List<byte[]> events = new ArrayList<>();
        long count;
        long bytes;
        Instant newest = Instant.MIN;

        Piece(int number, @Nullable RecordFile file) {
            this.number = number;
            this.file = file;
        }

        void counted(byte[] event) {
            count++;
            bytes += event.length;
            var time = time(Json.parseObject(event));
            newest = time.isAfter(newest) ? time : newest;
        }
    }

    /// @param folder where its pieces are; nothing for the heap
    /// @throws dev.baton.local.internal.UnreadableFile LOC001 and LOC002
    ArchivedEvents(@Nullable Path folder) throws IOException {
        this.folder = folder;
        if (folder != null) {
            var numbers = LocalDisk.DISK.list(folder).stream()
                    .map(entry -> entry.name())
                    .filter(name -> name.matches("piece-[0-9]{1,9}"))
                    .map(name -> Integer.valueOf(name.substring("piece-".length())))
                    .sorted()
                    .toList();
            for (int number : numbers) {
                pieces.add(open(number));
            }
        }
    }

    private Piece open(int number) throws IOException {
        if (folder == null) {
            return new Piece(number, null);
        }
        var file =
                new RecordFile(LocalDisk.DISK, folder.resolve("piece-" + number).resolve("journal"), false);
        var piece = new Piece(number, file);
        file.replay(piece::counted);
        return piece;
    }

    static Instant time(Map<String, @Nullable Object> event) {
        return Instant.parse(String.valueOf(event.get("time")));
    }

    /// Takes an event in, and has it on the disk when it returns.
    void add(String event, Instant keptSince) throws IOException {
        var bytes = event.getBytes(StandardCharsets.UTF_8);
        RecordFile file;
        long ticket;
        synchronized (this) {
            drop(keptSince);
            var last = pieces.peekLast();
            if (last == null || last.bytes >= PIECE) {
                last = open(last == null ? 1 : last.number + 1);
                pieces.addLast(last);
            }
            last.counted(bytes);
            file = last.file;
            if (file == null) {
                last.events.add(bytes);
                return;
            }
            ticket = file.append(bytes);
        }
        file.await(ticket);
    }

    private void drop(Instant keptSince) throws IOException {
        int most = folder == null ? MOST_IN_MEMORY : MOST_ON_DISK;
        while (!pieces.isEmpty()
                && (pieces.size() > most || pieces.getFirst().newest.isBefore(keptSince) && pieces.size() > 1)) {
            remove(pieces.removeFirst());
        }
    }

    private void remove(Piece piece) throws IOException {
        if (piece.file != null && folder != null) {
            piece.file.close();
            var own = folder.resolve("piece-" + piece.number);
            LocalDisk.DISK.delete(own.resolve("journal"));
            LocalDisk.DISK.delete(own);
        }
    }

    /// The reader of archived events, one after another.
    @FunctionalInterface
    interface Reader {
        /// @return whether it wants more
        boolean accept(Map<String, @Nullable Object> event);
    }

    /// Tells all events that are there now.
    void each(Reader reader) throws IOException {
        List<Piece> all;
        synchronized (this) {
            all = List.copyOf(pieces);
        }
        for (var piece : all) {
            for (var event : records(piece)) {
                if (!reader.accept(Json.parseObject(event))) {
                    return;
                }
            }
        }
    }

    private List<byte[]> records(Piece piece) throws IOException {
        synchronized (this) {
            return piece.file == null ? List.copyOf(piece.events) : piece.file.records();
        }
    }

    synchronized long count() {
        return pieces.stream().mapToLong(piece -> piece.count).sum();
    }

    synchronized long bytes() {
        return pieces.stream().mapToLong(piece -> piece.bytes).sum();
    }

    /// Deletes all of it.
    synchronized void delete() throws IOException {
        for (var piece : pieces) {
            remove(piece);
        }
        pieces.clear();
        if (folder != null) {
            LocalDisk.DISK.delete(folder);
        }
    }

    @Override
    public synchronized void close() {
        for (var piece : pieces) {
            if (piece.file != null) {
                piece.file.close();
            }
        }
    }
}
