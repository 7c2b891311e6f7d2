package dev.baton.cli.audit;

import dev.baton.run.StrictFields;
import dev.baton.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The anchor of an export, kept apart from it: where its chain ends. Whoever cuts the file or writes it anew from some
/// line on comes to another end.
///
/// @param range from when to when, as the header of the export has it: `<from>/<to>`
/// @param key the ARN of the KMS key that signed it
/// @param signature in Base64 of the SHA-256 of [#statement]
public record ChainAnchor(ChainHead head, String range, Optional<String> key, Optional<String> signature) {
    private static final long VERSION = 1;

    /// What is signed: the anchor's JSON without key and signature.
    String statement() {
        return CanonicalJson.print(fields());
    }

    private Map<String, @Nullable Object> fields() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("head", head.hash());
        json.put("lines", head.lines());
        json.put("range", range);
        json.put("version", VERSION);
        return json;
    }

    ChainAnchor signed(String by, String with) {
        return new ChainAnchor(head, range, Optional.of(by), Optional.of(with));
    }

    /// Its JSON, on one line.
    public String print() {
        var json = new LinkedHashMap<>(fields());
        key.ifPresent(arn -> json.put("key", arn));
        signature.ifPresent(text -> json.put("signature", text));
        return CanonicalJson.print(json);
    }

    /// @throws InvalidInput when this is not what [#print] makes
    static ChainAnchor parse(byte[] utf8) {
        var fields = StrictFields.parse("the anchor", utf8);
        if (fields.integer("version") != VERSION) {
            throw new InvalidInput(
                    "\"version\" of the anchor must be " + VERSION + ", but was " + fields.integer("version"));
        }
        return new ChainAnchor(
                new ChainHead(fields.integer("lines"), fields.string("head")),
                fields.string("range"),
                fields.maybeString("key"),
                fields.maybeString("signature"));
    }
}
