package dev.baton.cli.lineage;

import dev.baton.json.Json;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import dev.baton.run.StrictFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A line of the index's file: a version of a record, and what it says. Parts are separated by tabs: a checksum of the
/// rest, the record's key, its version and ETag, the ids of the output and of the inputs, and the whole as JSON, which
/// has no tabs.
///
/// @param key of the record; keys of records have no tabs
/// @param etag the record's
/// @param output its id
/// @param inputs their ids
/// @param text the whole line
record IndexLine(String key, String version, String etag, DatasetId output, List<DatasetId> inputs, String text) {
    /// The format's own number, which changes with it.
    private static final String FORM = "2";

    private static final int PARTS = 6;
    private static final int ID = 32;

    IndexLine {
        inputs = List.copyOf(inputs);
    }

    static IndexLine of(String key, String version, String etag, Derivation derivation) {
        var output = DatasetId.of(DatasetVersion.of(derivation.output()));
        var inputs = derivation.inputs().stream()
                .map(input -> DatasetId.of(DatasetVersion.of(input)))
                .toList();
        var ids = new StringBuilder(output.text());
        inputs.forEach(input -> ids.append(input.text()));
        var rest = String.join("\t", key, version, etag, ids, json(derivation));
        return new IndexLine(key, version, etag, output, inputs, checksum(rest) + "\t" + rest);
    }

    /// Nothing where the line is damaged or another Baton's: then the record is read anew.
    static Optional<IndexLine> parse(String line) {
        var parts = line.split("\t", PARTS);
        if (parts.length < PARTS
                || !parts[0].equals(checksum(line.substring(parts[0].length() + 1)))
                || parts[4].isEmpty()
                || parts[4].length() % ID != 0) {
            return Optional.empty();
        }
        var ids = new ArrayList<DatasetId>();
        for (var from = 0; from < parts[4].length(); from += ID) {
            ids.add(DatasetId.parse(parts[4], from));
        }
        return Optional.of(
                new IndexLine(parts[1], parts[2], parts[3], ids.getFirst(), ids.subList(1, ids.size()), line));
    }

    private static String checksum(String rest) {
        var crc = new CRC32();
        crc.update(rest.getBytes(StandardCharsets.UTF_8));
        return FORM + Long.toHexString(crc.getValue());
    }

    /// What the record says.
    ///
    /// @throws InvalidInput when the line is not one that this code wrote
    Derivation derivation(boolean isCurrent) {
        var fields = StrictFields.parse(
                "the line", text.substring(text.lastIndexOf('\t') + 1).getBytes(StandardCharsets.UTF_8));
        return new Derivation(
                fields.string("task"),
                fields.strings("parameters"),
                fields.string("pipeline"),
                fields.string("run"),
                fields.string("execution"),
                PinnedObject.of("the output", fields.values().get("output")),
                fields.objectList("inputs").stream()
                        .map(input -> PinnedObject.of("an input", input.values()))
                        .toList(),
                fields.string("codeHash"),
                SourceRevision.of(fields.values().get("revision")),
                fields.string("roleSession"),
                fields.instant("endedAt"),
                isCurrent);
    }

    private static String json(Derivation derivation) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("task", derivation.task());
        json.put("parameters", new LinkedHashMap<String, @Nullable Object>(derivation.parameters()));
        json.put("pipeline", derivation.pipeline());
        json.put("run", derivation.run());
        json.put("execution", derivation.execution());
        json.put("output", derivation.output().toJson());
        json.put(
                "inputs", derivation.inputs().stream().map(PinnedObject::toJson).toList());
        json.put("codeHash", derivation.codeHash());
        json.put("revision", derivation.revision().toJson());
        json.put("roleSession", derivation.roleSession());
        json.put("endedAt", derivation.endedAt().toString());
        return Json.print(json);
    }
}
