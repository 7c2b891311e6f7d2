package dev.baton.engine.internal.map;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// How an object is compressed, which the end of its key tells.
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    static Compression of(String key) {
        if (key.endsWith(".gz")) {
            return GZIP;
        }
        return key.endsWith(".zst") || key.endsWith(".zstd") ? ZSTD : NONE;
    }

    byte[] plain(byte[] content, String key) throws ItemReaderException {
        if (this == NONE) {
            return content;
        }
        try (var plain = open(new ByteArrayInputStream(content))) {
            return plain.readAllBytes();
        } catch (IOException e) {
            throw new ItemReaderException("The object " + key + " is not in " + this + " format.");
        } catch (LinkageError e) {
            throw new ItemReaderException(
                    "Reading " + key + " needs com.github.luben:zstd-jni on the class path, and it is not there.");
        }
    }

    private InputStream open(InputStream content) throws IOException {
        return switch (this) {
            case NONE -> content;
            case GZIP -> new GZIPInputStream(content);
            case ZSTD -> Zstd.open(content);
        };
    }

    /// Apart, so that the library may be absent.
    private static final class Zstd {
        static InputStream open(InputStream content) throws IOException {
            return new ZstdInputStream(content);
        }
    }
}
