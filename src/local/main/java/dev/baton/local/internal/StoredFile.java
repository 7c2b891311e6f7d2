package dev.baton.local.internal;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file that holds a service's configuration as one JSON object of lists: written whole, never half, and on the disk
/// before [#write] returns.
public record StoredFile(Disk disk, Path path) {

    public StoredFile(Path path) {
        this(LocalDisk.DISK, path);
    }

    /// Tells what was kept, where there is a file.
    ///
    /// @param into may throw where it does not understand what it is told
    /// @return whether there is a file
    /// @throws UnreadableFile LOC003 where it is cut or no JSON, LOC004 where it has another shape; it stays as it is
    public boolean load(Consumer<Map<String, @Nullable Object>> into) {
        return load(Set.of(), into);
    }

    /// [#load] of a file that has other members as well.
    ///
    /// @param texts the names of those that are texts
    public boolean load(Set<String> texts, Consumer<Map<String, @Nullable Object>> into) {
        if (!disk.exists(path)) {
            return false;
        }
        try {
            var content = parsed();
            content.forEach((member, value) -> {
                if (texts.contains(member) ? !(value instanceof String) : !isListOfObjects(value)) {
                    var wanted = texts.contains(member) ? "a text" : "a list of objects";
                    throw StoreFindings.misshapen(path, "\"" + member + "\" is not " + wanted);
                }
            });
            into.accept(content);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableFile | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw StoreFindings.misshapen(path, StoreFindings.reason(e));
        }
    }

    private static boolean isListOfObjects(@Nullable Object value) {
        return value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
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
