package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.deploy.read.Manifest;
import dev.baton.cli.deploy.read.Manifests;
import dev.baton.cli.deploy.read.PipelineSnapshot;
import dev.baton.json.Json;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;

/// Writes the manifests of a state bucket, and the notes that deployments have begun.
final class ManifestWriter {
    private final Endpoint endpoint;
    private final String bucket;

    /// @param bucket the state bucket
    ManifestWriter(Endpoint endpoint, String bucket) {
        this.endpoint = endpoint;
        this.bucket = bucket;
    }

    /// Notes that a deployment begins.
    void begin(String pipeline, Instant at) {
        write(Manifests.noteKey(pipeline), Json.bytes(Map.of("at", at.toString())));
    }

    /// Writes the manifest of a deployment that is complete.
    ///
    /// @param compiled what it was meant to be
    void end(Manifest manifest, PipelineSnapshot compiled) {
        var pipeline = manifest.pipeline();
        write(Manifests.compiledKey(pipeline), Json.bytes(compiled.parts()));
        write(Manifests.manifestKey(pipeline), Json.bytes(manifest.toJson()));
        // Whoever deploys with CDK leaves no note, and has no right to delete one.
        if (new Manifests(endpoint, bucket).hasNote(pipeline)) {
            delete(Manifests.noteKey(pipeline));
        }
    }

    /// Takes away all that is on record of a pipeline's deployments.
    void forget(String pipeline) {
        delete(Manifests.manifestKey(pipeline));
        delete(Manifests.noteKey(pipeline));
        delete(Manifests.compiledKey(pipeline));
    }

    private void delete(String key) {
        endpoint.s3().deleteObject(request -> request.bucket(bucket).key(key));
    }

    private void write(String key, byte[] bytes) {
        endpoint.s3()
                .putObject(
                        request -> request.bucket(bucket).key(key).contentType("application/json"),
                        RequestBody.fromBytes(bytes));
    }
}
