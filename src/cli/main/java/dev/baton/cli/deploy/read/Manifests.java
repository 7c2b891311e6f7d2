package dev.baton.cli.deploy.read;

import dev.baton.json.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The manifests of a state bucket. A deployment that began and did not end has left a note of its beginning that no
/// manifest answers.
public final class Manifests {
    private static final String PREFIX = "deployments/";
    private static final String MANIFEST = ".json";
    private static final String BEGUN = ".begun";
    private static final String COMPILED = ".compiled";

    private final Endpoint endpoint;
    private final String bucket;

    /// @param bucket the state bucket
    public Manifests(Endpoint endpoint, String bucket) {
        this.endpoint = endpoint;
        this.bucket = bucket;
    }

    /// The key of a pipeline's manifest.
    public static String manifestKey(String pipeline) {
        return PREFIX + pipeline + MANIFEST;
    }

    /// The key of the note that a deployment has begun.
    public static String noteKey(String pipeline) {
        return PREFIX + pipeline + BEGUN;
    }

    /// The key of what a pipeline was compiled to.
    public static String compiledKey(String pipeline) {
        return PREFIX + pipeline + COMPILED;
    }

    /// The manifest of a pipeline, if one was written.
    public Optional<Manifest> find(String pipeline) {
        return read(manifestKey(pipeline)).flatMap(Manifest::parse);
    }

    /// The time at which a deployment of the pipeline began that has not ended.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI027 when its note does not say
    public Optional<Instant> unfinished(String pipeline) {
        var key = noteKey(pipeline);
        return read(key).map(note -> begun(uri(key), note));
    }

    /// Whether there is a note that a deployment has begun.
    public boolean hasNote(String pipeline) {
        return read(noteKey(pipeline)).isPresent();
    }

    private static Instant begun(String place, byte[] note) {
        var at = String.valueOf(EndpointDocuments.object(place, note).get("at"));
        try {
            return Instant.parse(at);
        } catch (DateTimeParseException e) {
            throw EndpointDocuments.malformed(place, "\"at\" is not a time as in 2026-01-31T12:00:00Z, but " + at);
        }
    }

    private String uri(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /// The time at which each deployment began that has not ended, by pipeline.
    public Map<String, Instant> unfinished() {
        var begun = new TreeMap<String, Instant>();
        for (var key : keys(BEGUN)) {
            var pipeline = key.substring(PREFIX.length(), key.length() - BEGUN.length());
            unfinished(pipeline).ifPresent(at -> begun.put(pipeline, at));
        }
        return begun;
    }

    private List<String> keys(String ending) {
        try {
            return endpoint
                    .s3()
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(PREFIX))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .filter(key -> key.endsWith(ending))
                    .toList();
        } catch (NoSuchBucketException e) {
            return List.of();
        }
    }

    /// All manifests.
    public List<Manifest> all() {
        return keys(MANIFEST).stream()
                .flatMap(key -> read(key).flatMap(Manifest::parse).stream())
                .toList();
    }

    /// The snapshot that the pipeline was compiled to when it was deployed last, to compare with that of now.
    ///
    /// @throws dev.baton.diagnostic.DiagnosticException CLI027 when something else is there
    public Optional<PipelineSnapshot> compiled(String pipeline) {
        var key = compiledKey(pipeline);
        return read(key).map(document -> snapshot(uri(key), document));
    }

    @SuppressWarnings("unchecked")
    private static PipelineSnapshot snapshot(String place, byte[] utf8) {
        var parts = new TreeMap<String, Map<String, @Nullable Object>>();
        EndpointDocuments.object(place, utf8).forEach((name, part) -> {
            if (!(part instanceof Map<?, ?>)) {
                throw EndpointDocuments.malformed(
                        place, "\"" + name + "\" is not a JSON object, but " + Json.print(part));
            }
            parts.put(name, (Map<String, @Nullable Object>) part);
        });
        return new PipelineSnapshot(parts);
    }

    private Optional<byte[]> read(String key) {
        try {
            return Optional.of(endpoint.s3()
                    .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                    .asByteArray());
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return Optional.empty();
        }
    }
}
