package dev.baton.cli.lineage;

import dev.baton.json.Json;
import dev.baton.lambda.lineage.RecordVersion;
import dev.baton.run.PinnedObject;
import dev.baton.run.SourceRevision;
import dev.baton.run.StrictFields;
import dev.baton.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A line of the index's file: which version of a record, and what it says.
///
/// @param place as it was when the line was written; whether it is the latest is not kept
record IndexLine(RecordVersion place, Derivation derivation) {

    /// Nothing where the line is damaged or another Baton's: then the record is read anew.
    static Optional<IndexLine> parse(String line) {
        try {
            var fields = StrictFields.parse("the line", line.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new IndexLine(
                    new RecordVersion(
                            fields.string("record"), fields.string("recordVersion"), fields.string("etag"), false),
                    new Derivation(
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
                            false)));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    String text() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("record", place.key());
        json.put("recordVersion", place.version());
        json.put("etag", place.etag());
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
