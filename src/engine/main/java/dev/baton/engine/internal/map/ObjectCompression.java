package dev.baton.engine.internal.map;

import com.github.luben.zstd.ZstdInputStream;
import dev.baton.engine.data.ObjectAccessException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// The compression of an object, which the end of its key tells.
enum ObjectCompression {
    NONE,
    GZIP,
    ZSTD;

    static ObjectCompression of(String key) {
        if (key.endsWith(".gz")) {
            return GZIP;
        }
        return key.endsWith(".zst") || key.endsWith(".zstd") ? ZSTD : NONE;
    }

    /// The content of the object that a stream gives, without its compression; it is closed with it.
    InputStream plain(InputStream content, String key) throws ItemReaderException {
        try {
            return open(content);
        } catch (IOException e) {
            throw broken(key, e);
        } catch (LinkageError e) {
            throw new ItemReaderException(
                    "Reading " + key + " needs com.github.luben:zstd-jni on the class path, and it is not there.");
        }
    }

    /// The failure of an object that cannot be read on.
    ItemReaderException broken(String key, IOException e) {
        return new ItemReaderException(
                this == NONE || e.getCause() instanceof ObjectAccessException
                        ? "The object " + key + " cannot be read: " + e.getMessage()
                        : "The object " + key + " is not in " + this + " format.");
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
