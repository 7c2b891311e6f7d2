package dev.baton.cli.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A line of evidence before it has its place in the chain.
///
/// @param time when it happened
/// @param kind of what it is evidence
/// @param id what tells it from others of its kind: an ARN and an event's number, a key and its version, a request
/// @param details the kind decides; no secrets, and nothing of what tasks read and wrote
public record EvidenceLine(Instant time, AuditKind kind, String id, Map<String, @Nullable Object> details) {
    /// Always as long, so that the order of texts is that of times.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    public EvidenceLine {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /// The time as lines have it.
    static String shown(Instant time) {
        return TIME.format(time);
    }

    /// What lines are sorted by: time, kind, id.
    String order() {
        return order(shown(time), kind.word(), id);
    }

    static String order(String time, String kind, String id) {
        return time + "\n" + kind + "\n" + id;
    }

    /// The first members of the line's JSON in their canonical order, without the bracket that ends it: `n`, `previous`
    /// and `time` come behind them.
    String beginning() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("controls", kind.controls());
        json.put("details", details);
        json.put("id", id);
        json.put("kind", kind.word());
        var text = CanonicalJson.print(json);
        return text.substring(0, text.length() - 1);
    }
}
