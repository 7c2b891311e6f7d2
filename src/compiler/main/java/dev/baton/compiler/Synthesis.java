package dev.baton.compiler;

import dev.baton.compiler.picture.Picture;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole;
import dev.baton.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The files that show what a pipeline becomes, for people to review: `definition.asl.json` (and one for each child
/// machine and each rotation of a secret), its picture `definition.svg`, `policies/<role>.json`, `boundary.json`, `buckets/<logical>.json`,
/// `triggers.json`, `proof.json`. Equal pipelines give equal bytes.
public final class Synthesis {
    private Synthesis() {}

    /// The files by path, relative, with `/`.
    public static SequencedMap<String, String> files(CompiledPipeline pipeline) {
        var files = new LinkedHashMap<String, String>();
        var proof = new LinkedHashMap<String, @Nullable Object>();
        for (var machine : pipeline.machines()) {
            var main = files.isEmpty();
            files.put(
                    main ? "definition.asl.json" : "children/" + machine.name() + ".asl.json",
                    machine.definition().toJson());
            proof.put(machine.name(), machine.proof().toJson());
        }
        files.put("definition.svg", Picture.svg(pipeline.machine().definition()));
        for (var role : pipeline.roles()) {
            files.put("policies/" + role.name() + ".json", policies(role));
        }
        files.put("policies/" + pipeline.deployRole().name() + ".json", policies(pipeline.deployRole()));
        files.put("boundary.json", Json.pretty(pipeline.boundary().policy()));
        for (var bucket : pipeline.buckets()) {
            files.put("buckets/" + bucket.logical() + ".json", Json.pretty(bucket.policy()));
        }
        var triggers = new ArrayList<@Nullable Object>();
        for (var trigger : pipeline.triggers()) {
            var rule = new LinkedHashMap<String, @Nullable Object>();
            rule.put("name", trigger.name());
            rule.put("function", trigger.function());
            rule.put("pattern", trigger.pattern());
            triggers.add(rule);
        }
        for (var rotation : pipeline.rotations()) {
            files.put(
                    "rotations/" + rotation.name() + ".asl.json",
                    rotation.definition().toJson());
            var rule = new LinkedHashMap<String, @Nullable Object>();
            rule.put("name", rotation.name());
            rule.put("stateMachine", rotation.name());
            rule.put("rotates", rotation.secret());
            rule.put("pattern", rotation.pattern());
            triggers.add(rule);
        }
        for (var schedule : pipeline.schedules()) {
            var at = new LinkedHashMap<String, @Nullable Object>();
            at.put("name", schedule.name());
            at.put("function", schedule.function());
            at.put("schedule", schedule.expression());
            at.put("zone", schedule.zone());
            at.put("input", schedule.input());
            triggers.add(at);
        }
        files.put("triggers.json", Json.pretty(triggers));
        files.put("proof.json", Json.pretty(proof));
        return files;
    }

    private static String policies(CompiledRole role) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        if (role.boundary() != null) {
            json.put("boundary", role.boundary());
        }
        if (!role.tags().isEmpty()) {
            json.put("tags", role.tags());
        }
        json.put("trust", role.trust());
        json.put("policy", role.policy());
        return Json.pretty(json);
    }

    /// Writes [#files] under a folder. Other files there stay, but for those of an earlier synthesis that this one no
    /// longer has: they are removed.
    public static void write(CompiledPipeline pipeline, Path folder) throws IOException {
        var files = files(pipeline);
        for (var old : new String[] {"policies", "buckets", "children", "rotations"}) {
            var inside = folder.resolve(old);
            if (!Files.isDirectory(inside)) {
                continue;
            }
            try (var stale = Files.newDirectoryStream(inside, "*.json")) {
                for (var file : stale) {
                    if (!files.containsKey(old + "/" + file.getFileName())) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
