package dev.baton.local.logs;

import dev.baton.local.internal.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// The files of streams that were written to last, open for what is written next. The oldest is closed where there
/// are too many.
final class OpenFiles implements AutoCloseable {
    private static final int MOST = 64;

    private final Disk disk;
    private final Map<Path, Disk.Handle> handles = new LinkedHashMap<>(MOST, 0.75f, true);

    OpenFiles(Disk disk) {
        this.disk = disk;
    }

    synchronized void write(Path file, byte[] bytes, long at) throws IOException {
        get(file).write(ByteBuffer.wrap(bytes), at);
    }

    synchronized void truncate(Path file, long size) throws IOException {
        get(file).truncate(size);
    }

    private Disk.Handle get(Path file) throws IOException {
        var handle = handles.get(file);
        if (handle == null) {
            handle = disk.open(file);
            handles.put(file, handle);
            if (handles.size() > MOST) {
                closeFirst(handles.values().iterator());
            }
        }
        return handle;
    }

    private static void closeFirst(Iterator<Disk.Handle> oldest) throws IOException {
        var handle = oldest.next();
        oldest.remove();
        handle.close();
    }

    synchronized void close(Path file) throws IOException {
        var handle = handles.remove(file);
        if (handle != null) {
            handle.close();
        }
    }

    @Override
    public synchronized void close() {
        try {
            while (!handles.isEmpty()) {
                closeFirst(handles.values().iterator());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
