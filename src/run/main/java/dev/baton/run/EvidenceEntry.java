package dev.baton.run;

import dev.baton.json.Json;
import dev.baton.name.Sha256;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The evidence of something that a person decided, asked for or changed: an object of the state bucket that is written
/// once. What runs did is told by their histories and records, and is not written down again.
///
/// @param at when it was
/// @param kind of what
/// @param pipeline which it was about; empty where it was about all
/// @param requester who did or asked it
/// @param details what else is known: the kind decides; no secrets
public record EvidenceEntry(
        Instant at, Kind kind, String pipeline, Requester requester, Map<String, @Nullable Object> details) {
    private static final long VERSION = 1;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

    public EvidenceEntry {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /// What evidence is of, and the controls of SOC 2 (2017 Trust Services Criteria) that it is evidence for.
    public enum Kind {
        /// A policy allowed or denied something.
        DECISION("CC6.1", "CC6.3"),
        /// An approval was asked for, given, refused, or became void.
        APPROVAL("CC6.1", "CC8.1"),
        /// Rights were asked for, granted, taken up or revoked.
        ACCESS("CC6.1", "CC6.2", "CC6.3"),
        /// The policies about people changed.
        POLICY("CC6.3", "CC8.1"),
        /// What roles may do changed.
        PERMISSION("CC6.3", "CC8.1"),
        /// Code was deployed or removed.
        DEPLOYMENT("CC8.1"),
        /// A revision was checked.
        CHECK("CC8.1"),
        /// A secret was rotated.
        ROTATION("CC6.1"),
        /// An execution was started, redriven or stopped by somebody.
        OPERATION("CC7.2", "CC8.1");

        private final List<String> controls;

        Kind(String... controls) {
            this.controls = List.of(controls);
        }

        /// As it stands in JSON and in keys.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Such as `CC6.1`.
        public List<String> controls() {
            return controls;
        }

        private static Kind of(String word) {
            for (var kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new InvalidInput("\"kind\" of the evidence is none that is known: " + word);
        }
    }

    /// Its key in the state bucket: in the order of time, and the same for the same entry.
    public String key() {
        return prefix(at) + at + "-" + kind.word() + "-"
                + Sha256.hex(Json.print(toJson())).substring(0, 16) + ".json";
    }

    /// The prefix of all evidence of a day in UTC, with its final `/`.
    public static String prefix(Instant day) {
        return StateKeys.EVIDENCE + DAY.format(day) + "/";
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("version", VERSION);
        json.put("at", at.toString());
        json.put("kind", kind.word());
        json.put("pipeline", pipeline);
        json.put("requester", requester.toJson());
        json.put("details", new LinkedHashMap<>(details));
        return json;
    }

    /// @throws InvalidInput when this is not what this code can read
    public static EvidenceEntry parse(byte[] utf8) {
        var fields = StrictFields.parse("the evidence", utf8);
        if (fields.integer("version") != VERSION) {
            throw new InvalidInput(
                    "\"version\" of the evidence must be " + VERSION + ", but was " + fields.integer("version"));
        }
        return new EvidenceEntry(
                fields.instant("at"),
                Kind.of(fields.string("kind")),
                fields.string("pipeline"),
                Requester.of(fields.object("requester")),
                fields.object("details").values());
    }
}
