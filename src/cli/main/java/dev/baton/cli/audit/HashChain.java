package dev.baton.cli.audit;

import dev.baton.name.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of lines of which each says the SHA-256 of the line before it, without its line break: who changes one has to
/// change all that follow.
final class HashChain {
    /// What stands in the place of a hash where there is no line before.
    static final String NOTHING = "0".repeat(64);

    static final String HEADER = "header";
    static final String TRAILER = "trailer";

    /// The members of the last line.
    static final Set<String> TRAILER_MEMBERS = Set.of("count", "head", "kind", "n", "previous");

    private final OutputStream out;
    private String previous = NOTHING;
    private long count;

    HashChain(OutputStream out) {
        this.out = out;
    }

    /// Writes the first line: what the file is of.
    void begin(Map<String, @Nullable Object> header) throws IOException {
        var json = new LinkedHashMap<>(header);
        json.put("kind", HEADER);
        json.put("n", 0L);
        json.put("previous", NOTHING);
        write(CanonicalJson.print(json));
    }

    void add(SortedLines.SortedLine line) throws IOException {
        count++;
        write(line.beginning() + ",\"n\":" + count + ",\"previous\":\"" + previous + "\",\"time\":\"" + line.time()
                + "\"}");
    }

    /// Writes the last line, and says where the chain ends.
    ChainHead end() throws IOException {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("count", count);
        json.put("head", previous);
        json.put("kind", TRAILER);
        json.put("n", count + 1);
        json.put("previous", previous);
        var head = new ChainHead(count, previous);
        write(CanonicalJson.print(json));
        return head;
    }

    private void write(String line) throws IOException {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        out.write(bytes);
        out.write('\n');
        previous = Sha256.hex(bytes);
    }
}
