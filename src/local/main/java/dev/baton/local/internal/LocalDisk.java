package dev.baton.local.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The machine's own disk. What is made there is for its owner alone: files 0600, folders 0700.
public enum LocalDisk implements Disk {
    DISK;

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] FILE = attributes("rw-------");
    private static final FileAttribute<?>[] FOLDER = attributes("rwx------");

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /// Takes the rights of all others away from what an earlier Baton made for everyone.
    public static void keepForOwner(Path path) throws IOException {
        if (POSIX) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    /// Has all that is in a folder on the disk, for its owner alone.
    public static void forceAll(Path folder) throws IOException {
        try (var inside = Files.walk(folder)) {
            for (var path : inside.toList()) {
                keepForOwner(path);
                // Entries of folders are forced the same way.
                DISK.force(path);
            }
        }
    }

    @Override
    public Handle open(Path file) throws IOException {
        if (Files.exists(file)) {
            keepForOwner(file);
        }
        return open(file, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public Handle create(Path file) throws IOException {
        Files.deleteIfExists(file);
        return open(file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    private static Handle open(Path file, Set<? extends OpenOption> options) throws IOException {
        return new Open(FileChannel.open(file, options, FILE));
    }

    @Override
    public InputStream read(Path file, long offset) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        return Channels.newInputStream(channel.position(offset));
    }

    @Override
    public boolean exists(Path file) {
        return Files.exists(file);
    }

    @Override
    public List<Entry> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        var entries = new ArrayList<Entry>();
        try (var inside = Files.newDirectoryStream(folder)) {
            for (var path : inside) {
                var about = Files.readAttributes(path, BasicFileAttributes.class);
                entries.add(new Entry(path.getFileName().toString(), about.isDirectory(), about.size()));
            }
        }
        return entries;
    }

    @Override
    public void createFolders(Path folder) throws IOException {
        var absolute = folder.toAbsolutePath();
        var above = absolute.getParent();
        if (!Files.isDirectory(absolute)) {
            if (above != null) {
                createFolders(above);
            }
            Files.createDirectories(absolute, FOLDER);
            if (above != null) {
                force(above);
            }
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Closeable lock(Path file) throws IOException {
        var channel = FileChannel.open(
                file, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FILE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another store of this process has it; the answer is the same.
            channel.close();
            throw taken(file);
        }
        channel.close();
        throw taken(file);
    }

    private static IOException taken(Path file) {
        return new IOException(
                "another process keeps its S3 in " + file.toAbsolutePath().getParent());
    }

    private record Open(FileChannel channel) implements Handle {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            return channel.read(into, at);
        }

        @Override
        public void write(ByteBuffer bytes, long at) throws IOException {
            for (long next = at; bytes.hasRemaining(); ) {
                next += channel.write(bytes, next);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
