package dev.baton.cli.audit;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.name.Sha256;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The judgement of a file of chained lines: every line that was changed, taken away, added or moved, and whether its
/// end is there. It is read once, and of it one line at a time is in memory.
public final class AuditVerification {
    /// Of a file that is another altogether one does not want each line told.
    private static final int MOST = 100;

    private final String name;
    private final List<Diagnostic> findings = new ArrayList<>();
    private int line;
    private int changed;
    private long expected;
    private String previous = HashChain.NOTHING;
    private String order = "";
    private @Nullable Map<String, @Nullable Object> header;
    private @Nullable Map<String, @Nullable Object> trailer;
    private long entries;
    private String lastEntry = HashChain.NOTHING;
    private String from = "";
    private String to = "";

    private AuditVerification(String name) {
        this.name = name;
    }

    /// What came of it.
    ///
    /// @param head where the chain of the file ends
    /// @param range from when to when, as its header says
    public record Result(ChainHead head, String range, List<Diagnostic> findings) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    /// Reads a file to its end.
    ///
    /// @param name of the file, for the findings
    public static Result of(String name, InputStream file) throws IOException {
        var verification = new AuditVerification(name);
        var in = new BufferedInputStream(file, 1 << 16);
        var bytes = new ByteArrayOutputStream();
        for (var next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                verification.line(bytes.toByteArray());
                bytes.reset();
            } else {
                bytes.write(next);
            }
        }
        if (bytes.size() > 0) {
            verification.line++;
            verification.found(AuditFindings.cut(name, verification.line, "the last line does not end"));
        } else {
            verification.end();
        }
        return new Result(
                new ChainHead(verification.entries, verification.lastEntry),
                verification.from + "/" + verification.to,
                verification.findings);
    }

    private void line(byte[] bytes) {
        line++;
        var json = parsed(bytes);
        var hash = Sha256.hex(bytes);
        if (json == null) {
            changed = line;
            entries += line == 1 ? 0 : 1;
            found(AuditFindings.changed(name, line, "is not a line of an export in canonical JSON"));
            expected++;
        } else if (line == 1) {
            first(json);
        } else if (trailer != null) {
            found(AuditFindings.inserted(name, line, "stands behind the trailer, which is the last line"));
        } else {
            further(json);
        }
        previous = hash;
        if (json != null
                && (line == 1
                        || AuditKind.find(String.valueOf(json.get("kind"))).isPresent())) {
            lastEntry = hash;
        }
    }

    private static @Nullable Map<String, @Nullable Object> parsed(byte[] bytes) {
        try {
            var json = Json.parseObject(bytes);
            // Also of equal names only one is left: then it is not the same any more.
            return CanonicalJson.print(json).equals(new String(bytes, StandardCharsets.UTF_8))
                            && json.get("n") instanceof Long
                            && json.get("previous") instanceof String
                    ? json
                    : null;
        } catch (JsonException e) {
            return null;
        }
    }

    private void first(Map<String, @Nullable Object> json) {
        if (!HashChain.HEADER.equals(json.get("kind"))) {
            found(AuditFindings.noHeader(name, json.get("kind")));
            expected = json.get("n") instanceof Long n ? n + 1 : 1;
            return;
        }
        header = json;
        from = String.valueOf(json.get("from"));
        to = String.valueOf(json.get("to"));
        expected = 1;
        if (!HashChain.NOTHING.equals(json.get("previous")) || !Objects.equals(json.get("n"), 0L)) {
            found(AuditFindings.changed(name, line, "is a header that names a line before it"));
        }
    }

    private void further(Map<String, @Nullable Object> json) {
        var number = json.get("n") instanceof Long n ? n : -1;
        var isChained = previous.equals(json.get("previous"));
        if (number > expected) {
            found(AuditFindings.removed(name, line, expected, number - 1));
        } else if (number < expected) {
            found(AuditFindings.inserted(
                    name, line, "is the line " + number + " where the line " + expected + " was expected"));
        } else if (!isChained) {
            if (changed != line - 1) {
                found(AuditFindings.changed(
                        name,
                        line - 1,
                        "has the SHA-256 " + previous + ", and the line behind it expects " + json.get("previous")));
            }
        }
        expected = number + 1;
        if (HashChain.TRAILER.equals(json.get("kind"))) {
            trailer = json;
            if (!json.keySet().equals(HashChain.TRAILER_MEMBERS)
                    || !Objects.equals(json.get("head"), json.get("previous"))) {
                found(AuditFindings.changed(name, line, "is a trailer with something else than count and head"));
            }
            return;
        }
        entries++;
        if (AuditKind.find(String.valueOf(json.get("kind"))).isEmpty()) {
            found(AuditFindings.changed(name, line, "is of no kind of evidence: " + json.get("kind")));
            return;
        }
        var time = String.valueOf(json.get("time"));
        var own = EvidenceLine.order(time, String.valueOf(json.get("kind")), String.valueOf(json.get("id")));
        if (own.compareTo(order) < 0) {
            found(AuditFindings.inserted(name, line, "is older than the line before it"));
        } else if (header != null && (time.compareTo(from) < 0 || time.compareTo(to) >= 0)) {
            found(AuditFindings.inserted(name, line, "is of " + time + ", which the header's range has not"));
        }
        order = own;
    }

    private void end() {
        if (line == 0) {
            found(AuditFindings.noHeader(name, null));
            return;
        }
        var last = trailer;
        if (last == null) {
            found(AuditFindings.cut(name, line, "there is no trailer behind it"));
        } else if (!Objects.equals(last.get("count"), entries)) {
            found(AuditFindings.cut(name, line, "counts " + last.get("count") + " lines, and there are " + entries));
        }
    }

    private void found(Diagnostic finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        }
    }
}
