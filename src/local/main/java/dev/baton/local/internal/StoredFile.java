package dev.baton.local.internal;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file that holds a service's configuration as one JSON object, of the types that [StoredShape] has: written whole,
/// never half, and on the disk before [#write] returns.
public record StoredFile(Disk disk, Path path) {

    public StoredFile(Path path) {
        this(LocalDisk.DISK, path);
    }

    /// Tells what was kept, where there is a file.
    ///
    /// @param into may throw where it does not understand what it is told
    /// @return whether there is a file
    /// @throws UnreadableFile LOC003 where it is cut or no JSON, LOC004 where it has another shape; it stays as it is
    public boolean load(Consumer<StoredJson> into) {
        if (!disk.exists(path)) {
            return false;
        }
        var watched = new WatchedJson();
        try {
            var content = parsed();
            var problem = StoredShape.of(path.getFileName().toString()).problem(content);
            if (problem != null) {
                throw StoreFindings.misshapen(path, problem);
            }
            into.accept(new StoredJson(watched.of(content)));
            watched.read();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableFile | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StoreFindings.misshapen(path, watched.last());
        }
    }

    private Map<String, @Nullable Object> parsed() throws IOException {
        byte[] text;
        try (var in = disk.read(path, 0)) {
            text = in.readAllBytes();
        }
        try {
            return Json.parseObject(text);
        } catch (JsonException e) {
            throw StoreFindings.notJson(path, e);
        }
    }

    public synchronized void write(Map<String, ? extends @Nullable Object> content) {
        try {
            disk.replace(path, Json.bytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
