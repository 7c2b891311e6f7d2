package dev.baton.local.s3;

import dev.baton.local.internal.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Keeps bytes in files: written aside, forced to the disk, then moved to their place in one step. Names are random,
/// so that no key can lead out of the folder or onto another's file.
final class FileBlobs implements Blobs {
    /// The folder in which files are written.
    static final String INCOMING = "incoming";

    private final Disk disk;
    private final Path folder;
    private final Path aside;
    private final boolean durable;
    /// How many objects refer to each.
    private final BlobTable references = new BlobTable();
    /// Folders that are there, so that each is looked for once.
    private final Set<Path> made = ConcurrentHashMap.newKeySet();

    /// @param durable whether the files must outlive the process
    FileBlobs(Disk disk, Path folder, boolean durable) {
        this.disk = disk;
        this.folder = folder;
        this.aside = folder.resolve(INCOMING);
        this.durable = durable;
    }

    @Override
    public Incoming begin(long expected) throws IOException {
        make(aside);
        var random = ThreadLocalRandom.current();
        var id = HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
        return new ToFile(id);
    }

    private void make(Path wanted) throws IOException {
        if (!made.contains(wanted)) {
            disk.createFolders(wanted);
            made.add(wanted);
        }
    }

    /// One of 256 folders, so that none grows too large to be listed.
    private static Path drawer(Path folder, String id) {
        return folder.resolve(id.substring(0, Math.min(2, id.length())));
    }

    static Path place(Path folder, String id) {
        return drawer(folder, id).resolve(id);
    }

    @Override
    public InputStream open(Blob blob, long offset, long length) throws IOException {
        return switch (blob) {
            case Blob.InMemory memory -> throw new IllegalArgumentException("not in a file: " + memory);
            case Blob.InFile file -> new Limited(disk.read(place(folder, file.id()), offset), length);
        };
    }

    @Override
    public void retain(Blob blob) {
        if (blob instanceof Blob.InFile(String id, long length)) {
            synchronized (references) {
                references.put(id, references.getOrDefault(id, 0) + 1);
            }
        }
    }

    @Override
    public void release(Blob blob) {
        if (blob instanceof Blob.InFile(String id, long length) && isLastReference(id)) {
            delete(place(folder, id));
        }
    }

    private boolean isLastReference(String id) {
        synchronized (references) {
            var count = references.getOrDefault(id, 0);
            if (count > 1) {
                references.put(id, count - 1);
                return false;
            }
            references.remove(id);
            return true;
        }
    }

    private void delete(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            // The next start removes what stayed behind.
            System.getLogger("dev.baton.local").log(System.Logger.Level.DEBUG, "cannot delete " + file, e);
        }
    }

    @Override
    public void close() {
        if (durable) {
            return;
        }
        try {
            for (var drawer : disk.list(folder)) {
                var inside = folder.resolve(drawer.name());
                for (var file : disk.list(inside)) {
                    delete(inside.resolve(file.name()));
                }
                delete(inside);
            }
            delete(folder);
        } catch (IOException e) {
            System.getLogger("dev.baton.local").log(System.Logger.Level.DEBUG, "cannot empty " + folder, e);
        }
    }

    private final class ToFile extends Incoming {
        private final String id;
        private final Path file;
        private final Disk.Handle handle;
        private boolean finished;
        private long length;

        ToFile(String id) throws IOException {
            this.id = id;
            this.file = aside.resolve(id);
            this.handle = disk.create(file);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            handle.write(ByteBuffer.wrap(bytes, offset, count), length);
            length += count;
        }

        @Override
        Blob finish() throws IOException {
            if (durable) {
                handle.force();
            }
            handle.close();
            var drawer = drawer(folder, id);
            make(drawer);
            disk.move(file, drawer.resolve(id));
            finished = true;
            if (durable) {
                disk.force(drawer);
            }
            return new Blob.InFile(id, length);
        }

        @Override
        public void close() {
            if (!finished) {
                try (handle) {
                    disk.delete(file);
                } catch (IOException e) {
                    System.getLogger("dev.baton.local").log(System.Logger.Level.DEBUG, "cannot drop " + file, e);
                }
            }
        }
    }

    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long length) {
            this.in = in;
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
            in.close();
        }
    }
}
