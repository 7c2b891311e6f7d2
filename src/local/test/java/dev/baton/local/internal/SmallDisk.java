package dev.baton.local.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The real disk, of which a folder may take so many bytes and no more. What is deleted makes room.
public final class SmallDisk implements Disk {
    private final Path folder;
    private volatile long most = Long.MAX_VALUE;

    public SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// Has room for so many more bytes from now on.
    public void room(long bytes) throws IOException {
        most = used() + bytes;
    }

    private long used() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private Handle small(Handle handle) {
        return new Handle() {
            @Override
            public long size() throws IOException {
                return handle.size();
            }

            @Override
            public int read(ByteBuffer into, long at) throws IOException {
                return handle.read(into, at);
            }

            @Override
            public void write(ByteBuffer bytes, long at) throws IOException {
                if (used() + at + bytes.remaining() - handle.size() > most) {
                    throw new IOException("No space left on device");
                }
                handle.write(bytes, at);
            }

            @Override
            public void truncate(long size) throws IOException {
                handle.truncate(size);
            }

            @Override
            public void force() throws IOException {
                handle.force();
            }

            @Override
            public void close() throws IOException {
                handle.close();
            }
        };
    }

    @Override
    public Handle open(Path file) throws IOException {
        return small(LocalDisk.DISK.open(file));
    }

    @Override
    public Handle create(Path file) throws IOException {
        return small(LocalDisk.DISK.create(file));
    }

    @Override
    public InputStream read(Path file, long offset) throws IOException {
        return LocalDisk.DISK.read(file, offset);
    }

    @Override
    public boolean exists(Path file) {
        return LocalDisk.DISK.exists(file);
    }

    @Override
    public List<Entry> list(Path folder) throws IOException {
        return LocalDisk.DISK.list(folder);
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        LocalDisk.DISK.createFolders(folder);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        LocalDisk.DISK.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        LocalDisk.DISK.delete(file);
    }

    @Override
    public void force(Path folder) throws IOException {
        LocalDisk.DISK.force(folder);
    }

    @Override
    public Closeable lock(Path file) throws IOException {
        return LocalDisk.DISK.lock(file);
    }
}
