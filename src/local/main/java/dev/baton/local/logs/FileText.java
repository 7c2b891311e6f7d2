package dev.baton.local.logs;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.local.internal.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of a stream as a file. Its first line says whose it is; what a kill has left of a last line is cut.
///
/// It is made with its first lines, or when it is forced.
final class FileText implements StreamText {
    private static final int LONGEST_HEAD = 4 << 10;

    private static final long UNKNOWN = -1;

    private final Disk disk;
    private final OpenFiles open;
    private final Path file;
    private final byte[] head;
    private long end;
    private boolean there;

    /// The beginning of a stream's file.
    record Head(String group, String stream, long created) {
        byte[] line() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("group", group);
            json.put("stream", stream);
            json.put("created", created);
            var text = Arrays.copyOf(Json.bytes(json), Json.bytes(json).length + 1);
            text[text.length - 1] = '\n';
            return text;
        }

        /// @return null where the file is none of a stream
        static @Nullable Head read(Disk disk, Path file) throws IOException {
            try (var in = disk.read(file, 0)) {
                var text = in.readNBytes(LONGEST_HEAD);
                int length = lineEnd(text);
                return length < 0 ? null : of(Json.parseObject(Arrays.copyOf(text, length)));
            } catch (JsonException e) {
                return null;
            }
        }

        private static @Nullable Head of(Map<String, @Nullable Object> json) {
            return json.get("group") instanceof String group
                            && json.get("stream") instanceof String stream
                            && json.get("created") instanceof Number created
                    ? new Head(group, stream, created.longValue())
                    : null;
        }

        private static int lineEnd(byte[] text) {
            for (int i = 0; i < text.length; i++) {
                if (text[i] == '\n') {
                    return i;
                }
            }
            return -1;
        }
    }

    /// A stream that is new.
    FileText(Disk disk, OpenFiles open, Path file, Head head) {
        this.disk = disk;
        this.open = open;
        this.file = file;
        this.head = head.line();
        this.end = this.head.length;
    }

    /// A stream whose file is there.
    static FileText there(Disk disk, OpenFiles open, Path file, Head head) {
        var text = new FileText(disk, open, file, head);
        text.end = UNKNOWN;
        text.there = true;
        return text;
    }

    private long wholeLines() throws IOException {
        try (var handle = disk.open(file)) {
            return wholeLines(handle, handle.size());
        }
    }

    private long wholeLines(Disk.Handle handle, long size) throws IOException {
        var last = ByteBuffer.allocate(1 << 12);
        for (long at = size; at > head.length; ) {
            long from = Math.max(head.length, at - last.capacity());
            last.clear().limit((int) (at - from));
            for (long next = from; last.hasRemaining(); ) {
                int count = handle.read(last, next);
                if (count < 0) {
                    break;
                }
                next += count;
            }
            for (int i = last.position() - 1; i >= 0; i--) {
                if (last.get(i) == '\n') {
                    return cut(handle, from + i + 1, size);
                }
            }
            at = from;
        }
        return cut(handle, head.length, size);
    }

    private static long cut(Disk.Handle handle, long whole, long size) throws IOException {
        if (whole < size) {
            handle.truncate(whole);
        }
        return whole;
    }

    @Override
    public synchronized long end() throws IOException {
        if (end == UNKNOWN) {
            end = wholeLines();
        }
        return end;
    }

    @Override
    public long start() {
        return head.length;
    }

    @Override
    public synchronized void append(byte[] lines, boolean forced) throws IOException {
        boolean made = !there;
        if (made) {
            disk.createFolders(Disk.folderOf(file));
            open.write(file, head, 0);
            there = true;
        }
        open.write(file, lines, end());
        if (forced) {
            force(made);
        }
        end += lines.length;
    }

    private void force(boolean made) throws IOException {
        // Beside the one that is shared: others write meanwhile.
        try (var handle = disk.open(file)) {
            handle.force();
        }
        if (made) {
            disk.force(Disk.folderOf(file));
        }
    }

    @Override
    public byte[] read(long from, int length) throws IOException {
        int wanted = (int) Math.min(length, end() - from);
        if (wanted <= 0) {
            return new byte[0];
        }
        try (var in = disk.read(file, from)) {
            return in.readNBytes(wanted);
        }
    }

    @Override
    public synchronized void clear() throws IOException {
        if (there) {
            open.truncate(file, head.length);
            end = head.length;
        }
    }

    @Override
    public synchronized void delete() throws IOException {
        open.close(file);
        disk.delete(file);
        there = false;
        end = head.length;
    }
}
