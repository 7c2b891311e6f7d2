package dev.baton.cli.lineage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The lines of an index that there is already, taken in the order of the records' keys, which they have. Lines that are
/// damaged, or not in that order, are passed over: their records are read anew.
final class IndexFile implements AutoCloseable {
    private final @Nullable BufferedReader in;
    private @Nullable IndexLine ahead;
    private String key = "";
    private final Map<String, IndexLine> ofKey = new HashMap<>();

    private IndexFile(@Nullable BufferedReader in) throws IOException {
        this.in = in;
        ahead = next();
    }

    /// @param file which may not be there
    static IndexFile open(Path file) throws IOException {
        return new IndexFile(Files.exists(file) ? Files.newBufferedReader(file) : null);
    }

    private @Nullable IndexLine next() throws IOException {
        if (in != null) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var parsed = IndexLine.parse(line);
                if (parsed.isPresent()) {
                    return parsed.get();
                }
            }
        }
        return null;
    }

    /// The line about a version of a record. Keys are asked for in their order.
    Optional<IndexLine> line(String asked, String version, String etag) throws IOException {
        if (!asked.equals(key)) {
            ofKey.clear();
            key = asked;
            while (ahead != null && ahead.key().compareTo(asked) <= 0) {
                if (ahead.key().equals(asked)) {
                    ofKey.put(ahead.version() + " " + ahead.etag(), ahead);
                }
                ahead = next();
            }
        }
        return Optional.ofNullable(ofKey.get(version + " " + etag));
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
