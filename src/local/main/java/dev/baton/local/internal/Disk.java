package dev.baton.local.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The file operations that a store is made of, and nothing else of the file system.
///
/// Everything that has to outlive a crash goes through here, so that a test may put a disk in its place that remembers
/// the operations and shows every state that a crash could leave. What [Handle#force] and [#force] were not asked for
/// may be lost with the power, in any part and in any order.
public interface Disk {

    /// An open file.
    interface Handle extends Closeable {
        long size() throws IOException;

        /// As many bytes as there are, at most as many as there is room for.
        ///
        /// @return how many; -1 at the end
        int read(ByteBuffer into, long at) throws IOException;

        /// All of the bytes.
        void write(ByteBuffer bytes, long at) throws IOException;

        void truncate(long size) throws IOException;

        /// Waits until the content is on the disk.
        void force() throws IOException;
    }

    /// An entry of a folder.
    ///
    /// @param size in bytes; of a folder, nothing in particular
    record Entry(String name, boolean folder, long size) {}

    /// Opens a file to read and write, made where it is not there.
    Handle open(Path file) throws IOException;

    /// Makes a file anew, in place of the one that is there.
    Handle create(Path file) throws IOException;

    /// @throws java.nio.file.NoSuchFileException where it is not there
    InputStream read(Path file, long offset) throws IOException;

    boolean exists(Path file);

    /// The folder's files and folders; none where it is not there.
    List<Entry> list(Path folder) throws IOException;

    /// Makes the folder and those that it is in, each of them on the disk.
    void createFolders(Path folder) throws IOException;

    /// Moves a file in one step, in place of the one that is there. It is on the disk after [#force] of its folder.
    void move(Path from, Path to) throws IOException;

    /// Does nothing where the file is not there.
    void delete(Path file) throws IOException;

    /// Waits until the folder's entries are on the disk: without it a file that was made or moved there may be gone.
    void force(Path folder) throws IOException;

    /// Keeps others out until it is closed.
    ///
    /// @throws IOException where another one has it
    Closeable lock(Path file) throws IOException;

    /// The folder that a file is in.
    static Path folderOf(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
    }

    /// Writes a whole file in one step: aside, forced, moved to its place, and the folder forced.
    default void replace(Path file, byte[] content) throws IOException {
        var folder = folderOf(file);
        createFolders(folder);
        var next = file.resolveSibling(file.getFileName() + ".next");
        try (var handle = create(next)) {
            handle.write(ByteBuffer.wrap(content), 0);
            handle.force();
        }
        move(next, file);
        force(folder);
    }

    /// Writes a second file with the same content, and forces it.
    default void copy(Path from, Path to) throws IOException {
        try (var in = read(from, 0);
                var handle = create(to)) {
            long at = 0;
            for (var bytes = in.readNBytes(1 << 20); bytes.length > 0; bytes = in.readNBytes(1 << 20)) {
                handle.write(ByteBuffer.wrap(bytes), at);
                at += bytes.length;
            }
            handle.force();
        }
    }
}
