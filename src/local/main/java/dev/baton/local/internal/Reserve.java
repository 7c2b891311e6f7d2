package dev.baton.local.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/// Room on the disk for what is under way when the disk becomes full: a file that is deleted then. While it cannot be
/// made again nothing new is begun, so that whatever was begun can be written.
public final class Reserve {
    /// Sixteen requests of the largest input at once.
    private static final int BYTES = 4 << 20;

    private final Disk disk;
    private final Path file;
    private volatile boolean there;

    /// @param file in a folder that is there
    public Reserve(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /// Has the room kept.
    ///
    /// @throws IOException when there is none
    public void require() throws IOException {
        if (!there) {
            synchronized (this) {
                if (!there) {
                    make();
                    there = true;
                }
            }
        }
    }

    private void make() throws IOException {
        // No zeros: file systems know ways to keep those for nothing.
        var bytes = new byte[BYTES];
        new Random(BYTES).nextBytes(bytes);
        try (var handle = disk.create(file)) {
            handle.write(ByteBuffer.wrap(bytes), 0);
            handle.force();
        } catch (IOException e) {
            disk.delete(file);
            throw e;
        }
    }

    /// Gives the room to others.
    ///
    /// @return whether there was any
    public synchronized boolean give() throws IOException {
        var was = there;
        there = false;
        disk.delete(file);
        return was;
    }
}
