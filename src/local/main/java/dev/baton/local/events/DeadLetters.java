package dev.baton.local.events;

import dev.baton.json.Json;
import dev.baton.local.internal.Disk;
import dev.baton.local.internal.LocalDisk;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The events that could not be delivered. The last thousand are at hand; under a folder there is a line of JSON for
/// each in `dead-letters.jsonl`, and when that has grown to 8 MB, it becomes `dead-letters.1.jsonl` in place of the one
/// before.
final class DeadLetters {
    private static final Logger LOG = System.getLogger("dev.baton.local");
    private static final int MOST = 1_000;
    private static final long LARGE = 8 << 20;

    private final Deque<DeadLetter> last = new ArrayDeque<>();
    private @Nullable Path folder;

    /// Writes them down from now on.
    synchronized void keep(Path in) {
        folder = in;
    }

    synchronized List<DeadLetter> all() {
        return List.copyOf(last);
    }

    synchronized void add(DeadLetter letter, Instant at) {
        last.addLast(letter);
        if (last.size() > MOST) {
            last.removeFirst();
        }
        var in = folder;
        if (in != null) {
            try {
                write(in, line(letter, at));
            } catch (IOException e) {
                LOG.log(Logger.Level.ERROR, "a dead letter cannot be written: " + letter.errorMessage(), e);
            }
        }
    }

    private static byte[] line(DeadLetter letter, Instant at) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("time", at.toString());
        json.put("errorCode", letter.errorCode());
        json.put("errorMessage", letter.errorMessage());
        json.put("attempts", (long) letter.attempts());
        json.put("rule", letter.delivery().ruleArn());
        json.put("target", letter.delivery().targetArn());
        json.put("queue", letter.queueArn());
        json.put("event", letter.delivery().event());
        return (Json.print(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Path folder, byte[] line) throws IOException {
        Disk disk = LocalDisk.DISK;
        var file = folder.resolve("dead-letters.jsonl");
        long size;
        try (var handle = disk.open(file)) {
            size = handle.size();
            handle.write(ByteBuffer.wrap(line), size);
            handle.force();
        }
        if (size == 0) {
            disk.force(folder);
        }
        if (size + line.length > LARGE) {
            disk.move(file, folder.resolve("dead-letters.1.jsonl"));
            disk.force(folder);
        }
    }
}
