package dev.baton.local.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Keeps bytes in files: written aside, forced to the disk, then moved to their place in one step. Names are random,
/// so that no key can lead out of the folder or onto another's file.
final class FileBlobs implements Blobs {
    /// Whoever else is on the machine has no business with the bytes, least of all in a folder for temporary files.
    private static final FileAttribute<?>[] OWNERS_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];

    private final Path folder;
    private final Path aside;
    private final boolean durable;
    private final Map<String, Integer> references = new ConcurrentHashMap<>();

    /// @param durable whether the files must outlive the process
    FileBlobs(Path folder, boolean durable) {
        this.folder = folder;
        this.aside = folder.resolve("incoming");
        this.durable = durable;
    }

    @Override
    public Incoming begin(long expected) throws IOException {
        if (!Files.isDirectory(aside)) {
            Files.createDirectories(folder, OWNERS_ONLY);
            Files.createDirectories(aside, OWNERS_ONLY);
        }
        var random = ThreadLocalRandom.current();
        var id = HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        return new ToFile(id);
    }

    /// One of 256 folders, so that none grows too large to be listed.
    private Path drawer(String id) {
        return folder.resolve(id.substring(0, 2));
    }

    private Path place(String id) {
        return drawer(id).resolve(id);
    }

    @Override
    public InputStream open(Blob blob, long offset, long length) throws IOException {
        return switch (blob) {
            case Blob.InMemory memory -> throw new IllegalArgumentException("not in a file: " + memory);
            case Blob.InFile file -> {
                var channel = FileChannel.open(place(file.id()), StandardOpenOption.READ);
                channel.position(offset);
                yield new Limited(channel, length);
            }
        };
    }

    @Override
    public void retain(Blob blob) {
        if (blob instanceof Blob.InFile(String id, long length)) {
            references.merge(id, 1, Integer::sum);
        }
    }

    @Override
    public void release(Blob blob) {
        if (blob instanceof Blob.InFile(String id, long length)
                && references.computeIfPresent(id, (same, count) -> count == 1 ? null : count - 1) == null) {
            delete(place(id));
        }
    }

    /// Removes what a process left that was ended in the middle of something.
    ///
    /// @throws IOException where the folder cannot be read
    void removeAllBut(Collection<Blob> known) throws IOException {
        Set<String> ids = new HashSet<>();
        for (var blob : known) {
            if (blob instanceof Blob.InFile(String id, long length)) {
                ids.add(id);
            }
        }
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder, 2)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> file.startsWith(aside)
                            || !ids.contains(file.getFileName().toString()))
                    .forEach(FileBlobs::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next start removes what stayed behind.
            System.getLogger("dev.baton.local").log(System.Logger.Level.DEBUG, "cannot delete " + file, e);
        }
    }

    @Override
    public void close() {
        if (durable || !Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(FileBlobs::delete);
        } catch (IOException | UncheckedIOException e) {
            System.getLogger("dev.baton.local").log(System.Logger.Level.DEBUG, "cannot empty " + folder, e);
        }
    }

    /// Forces a folder's entries to the disk: without it a file moved there may be gone after a power failure.
    static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private final class ToFile extends Incoming {
        private final String id;
        private final Path file;
        private final FileChannel channel;
        private boolean finished;
        private long length;

        ToFile(String id) throws IOException {
            this.id = id;
            this.file = aside.resolve(id);
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            var buffer = ByteBuffer.wrap(bytes, offset, count);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            length += count;
        }

        @Override
        Blob finish() throws IOException {
            if (durable) {
                channel.force(true);
            }
            channel.close();
            var drawer = drawer(id);
            if (!Files.isDirectory(drawer)) {
                Files.createDirectories(drawer, OWNERS_ONLY);
                if (durable) {
                    force(folder);
                }
            }
            Files.move(file, drawer.resolve(id), StandardCopyOption.ATOMIC_MOVE);
            finished = true;
            if (durable) {
                force(drawer);
            }
            return new Blob.InFile(id, length);
        }

        @Override
        public void close() {
            if (!finished) {
                try (channel) {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    System.getLogger("dev.baton.local").log(System.Logger.Level.DEBUG, "cannot drop " + file, e);
                }
            }
        }
    }

    private static final class Limited extends InputStream {
        private final FileChannel channel;
        private final InputStream in;
        private long left;

        Limited(FileChannel channel, long length) {
            this.channel = channel;
            this.in = Channels.newInputStream(channel);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
