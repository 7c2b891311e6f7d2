package dev.baton.cli.deploy.read;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.name.Sha256;
import dev.baton.run.SourceRevision;
import dev.baton.task.InvalidInput;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The manifest of a deployment, what the last complete deployment of a pipeline put there: the object
/// `deployments/<pipeline>.json` of the state bucket, written when all else is done. What is there now is compared with
/// it.
///
/// @param environment the name of the environment that it was deployed to; empty where it has none
/// @param revision of the sources that it was built from
/// @param snapshot every resource as it was meant to be
/// @param buckets the real bucket of each logical one
/// @param stacked whether CloudFormation holds it all, and takes away what goes
public record Manifest(
        String pipeline,
        String environment,
        Instant deployedAt,
        SourceRevision revision,
        Map<String, String> buckets,
        PipelineSnapshot snapshot,
        boolean stacked) {
    private static final String FORM = "baton-deployment/1";

    public Manifest {
        buckets = Map.copyOf(buckets);
    }

    /// The members `form`, `pipeline`, `environment`, `deployedAt`, `revision`, `buckets`, `stacked`, `hashes` (SHA-256
    /// of each part's text) and `parts`.
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("form", FORM);
        json.put("pipeline", pipeline);
        json.put("environment", environment);
        json.put("deployedAt", deployedAt.toString());
        json.put("revision", revision.toJson());
        json.put("buckets", new TreeMap<String, @Nullable Object>(buckets));
        json.put("stacked", stacked);
        var hashes = new LinkedHashMap<String, @Nullable Object>();
        snapshot.parts().forEach((name, part) -> hashes.put(name, Sha256.hex(Json.print(part))));
        json.put("hashes", hashes);
        json.put("parts", new LinkedHashMap<String, @Nullable Object>(snapshot.parts()));
        return json;
    }

    /// Reads what [#toJson] made; nothing where it is something else.
    public static Optional<Manifest> parse(byte[] utf8) {
        try {
            var json = Json.parseObject(utf8);
            if (!FORM.equals(json.get("form")) || !(json.get("parts") instanceof Map<?, ?> given)) {
                return Optional.empty();
            }
            var parts = new TreeMap<String, Map<String, @Nullable Object>>();
            given.forEach((name, part) -> parts.put((String) name, object(part)));
            var buckets = new TreeMap<String, String>();
            object(json.get("buckets")).forEach((logical, real) -> buckets.put(logical, String.valueOf(real)));
            return Optional.of(new Manifest(
                    String.valueOf(json.get("pipeline")),
                    String.valueOf(json.get("environment")),
                    Instant.parse(String.valueOf(json.get("deployedAt"))),
                    SourceRevision.of(json.get("revision")),
                    buckets,
                    new PipelineSnapshot(parts),
                    !Boolean.FALSE.equals(json.get("stacked"))));
        } catch (JsonException | InvalidInput | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : Map.of();
    }
}
