package dev.baton.local.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keeps bytes on the heap, and those too large for it in files that end with the process.
final class MemoryBlobs implements Blobs {
    private static final int LARGE = 8 << 20;

    private final FileBlobs large;

    MemoryBlobs(FileBlobs large) {
        this.large = large;
    }

    @Override
    public Incoming begin(long expected) throws IOException {
        return expected > LARGE ? large.begin(expected) : new Growing(expected);
    }

    @Override
    public InputStream open(Blob blob, long offset, long length) throws IOException {
        return switch (blob) {
            case Blob.InMemory(byte[] bytes) -> new ByteArrayInputStream(bytes, (int) offset, (int) length);
            case Blob.InFile file -> large.open(file, offset, length);
        };
    }

    @Override
    public void retain(Blob blob) {
        if (blob instanceof Blob.InFile) {
            large.retain(blob);
        }
    }

    @Override
    public void release(Blob blob) {
        if (blob instanceof Blob.InFile) {
            large.release(blob);
        }
    }

    @Override
    public void close() {
        large.close();
    }

    /// Starts on the heap and moves to a file when it turns out to be large.
    private final class Growing extends Incoming {
        private byte[] bytes;
        private int count;
        private @Nullable Incoming file;

        Growing(long expected) {
            bytes = new byte[expected < 0 ? 8 << 10 : (int) expected];
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            var moved = file;
            if (moved == null && count + length > LARGE) {
                moved = large.begin(-1);
                file = moved;
                moved.write(bytes, 0, count);
                bytes = new byte[0];
            }
            if (moved != null) {
                moved.write(from, offset, length);
                return;
            }
            if (count + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(count + length, bytes.length * 2));
            }
            System.arraycopy(from, offset, bytes, count, length);
            count += length;
        }

        @Override
        Blob finish() throws IOException {
            var moved = file;
            if (moved != null) {
                return moved.finish();
            }
            return new Blob.InMemory(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
        }

        @Override
        public void close() {
            var moved = file;
            if (moved != null) {
                moved.close();
            }
        }
    }
}
