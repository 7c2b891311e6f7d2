package dev.baton.cli.people;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.json.Json;
import dev.baton.run.EvidenceEntry;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The evidence in a state bucket, to which commands add what they decide and change.
///
/// @param bucket the state bucket
public record EvidenceStore(Endpoint endpoint, String bucket) {
    private static final int CONFLICT = 412;

    /// Adds an entry. It is written once: the same entry again changes nothing.
    public void add(EvidenceEntry entry) {
        try {
            endpoint.s3()
                    .putObject(
                            request -> request.bucket(bucket)
                                    .key(entry.key())
                                    .contentType("application/json")
                                    .ifNoneMatch("*"),
                            RequestBody.fromBytes(Json.bytes(entry.toJson())));
        } catch (S3Exception e) {
            if (e.statusCode() != CONFLICT) {
                throw e;
            }
        }
    }
}
