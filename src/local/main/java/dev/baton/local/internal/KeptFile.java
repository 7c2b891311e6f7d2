package dev.baton.local.internal;

import dev.baton.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file that holds a service's configuration as one JSON object: written whole, never half.
public record KeptFile(Path path) {

    /// What was kept; empty where there is no file yet.
    public Map<String, @Nullable Object> read() {
        try {
            return Files.exists(path) ? Json.parseObject(Files.readAllBytes(path)) : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void write(Map<String, ? extends @Nullable Object> content) {
        var next = path.resolveSibling(path.getFileName() + ".next");
        try {
            Files.createDirectories(next.toAbsolutePath().getParent());
            try (var channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                var buffer = ByteBuffer.wrap(Json.bytes(content));
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
