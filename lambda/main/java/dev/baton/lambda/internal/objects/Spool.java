package dev.baton.lambda.internal.objects;

import dev.baton.name.Sha256;
import dev.baton.run.profile.Profiler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A stream that keeps what is written to it, in memory first and in a temporary file once it is large, and hashes and
/// profiles it on the way. Nothing of it is in S3 before the task has returned. Threads may write to it one after the
/// other.
public final class Spool extends OutputStream {
    private final int memoryLimit;
    private final @Nullable Profiler profiler;
    private final MessageDigest digest = Sha256.start();
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private long size;
    private boolean closed;

    /// @param memoryLimit the most bytes that are kept in memory
    public Spool(int memoryLimit) {
        this(memoryLimit, null);
    }

    /// @param memoryLimit the most bytes that are kept in memory
    /// @param profiler what looks at the content besides, null for nothing
    public Spool(int memoryLimit, @Nullable Profiler profiler) {
        this.memoryLimit = memoryLimit;
        this.profiler = profiler;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the output was closed");
        }
        digest.update(bytes, offset, length);
        size += length;
        if (profiler != null) {
            profiler.write(bytes, offset, length);
        }
        if (out == null && size > memoryLimit) {
            spill();
        }
        if (out == null) {
            memory.write(bytes, offset, length);
        } else {
            out.write(bytes, offset, length);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (out != null) {
            out.close();
        }
    }

    /// Ends the stream: returns what was written, whole, and takes nothing more.
    public synchronized SpooledContent finish() throws IOException {
        close();
        return file == null
                ? SpooledContent.of(memory.toByteArray(), digest.digest())
                : SpooledContent.of(file, size, digest.digest());
    }

    /// Forgets what was written.
    public synchronized void discard() throws IOException {
        close();
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private void spill() throws IOException {
        file = Files.createTempFile("baton-", ".spool");
        out = Files.newOutputStream(file);
        memory.writeTo(out);
        memory = new ByteArrayOutputStream(0);
    }
}
