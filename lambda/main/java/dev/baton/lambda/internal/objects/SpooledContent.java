package dev.baton.lambda.internal.objects;

import dev.baton.name.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Content that is complete and waits to be written: in memory or, if it is large, in a temporary file.
public final class SpooledContent {
    private final byte[] memory;
    private final @Nullable Path file;
    private final long size;
    private final byte[] sha256;

    private SpooledContent(byte[] memory, @Nullable Path file, long size, byte[] sha256) {
        this.memory = memory;
        this.file = file;
        this.size = size;
        this.sha256 = sha256;
    }

    static SpooledContent of(byte[] content) {
        return new SpooledContent(content, null, content.length, Sha256.of(content));
    }

    static SpooledContent of(byte[] content, byte[] sha256) {
        return new SpooledContent(content, null, content.length, sha256);
    }

    static SpooledContent of(Path file, long size, byte[] sha256) {
        return new SpooledContent(new byte[0], file, size, sha256);
    }

    /// In bytes.
    public long size() {
        return size;
    }

    /// In hexadecimal.
    public String sha256() {
        return HexFormat.of().formatHex(sha256);
    }

    String sha256Base64() {
        return Base64.getEncoder().encodeToString(sha256);
    }

    /// The metadata, and with it the hash of the content.
    Map<String, String> describe(Map<String, String> metadata) {
        var all = new LinkedHashMap<>(metadata);
        all.put(S3Access.SHA256_METADATA, sha256());
        return all;
    }

    /// The whole content.
    public byte[] bytes() throws IOException {
        try (var in = slice(0, size)) {
            return in.readAllBytes();
        }
    }

    /// The bytes from an offset; may be asked for again, and by several threads.
    InputStream slice(long offset, long length) {
        if (file == null) {
            return new ByteArrayInputStream(memory, Math.toIntExact(offset), Math.toIntExact(length));
        }
        try {
            var channel = FileChannel.open(file).position(offset);
            return new Limited(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Forgets the temporary file.
    public void discard() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    /// The first bytes of a stream.
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
            if (left <= 0) {
                return -1;
            }
            var n = in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(n, 0);
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
