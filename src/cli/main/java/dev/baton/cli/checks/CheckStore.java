package dev.baton.cli.checks;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.json.Json;
import dev.baton.run.RevisionCheck;
import dev.baton.run.StateKeys;
import dev.baton.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The checks of revisions in a state bucket. Nothing is ever taken away: what is recorded anew is a version more.
///
/// @param bucket the state bucket
public record CheckStore(Endpoint endpoint, String bucket) {
    /// Records a check. Outside of accounts, where the bucket is made with the first deployment, it is made here: a
    /// deployment that demands checks comes after them.
    public void add(RevisionCheck check) {
        try {
            put(check);
        } catch (NoSuchBucketException e) {
            if (endpoint.address() == null) {
                throw e;
            }
            endpoint.s3().createBucket(request -> request.bucket(bucket));
            endpoint.s3()
                    .putBucketVersioning(request -> request.bucket(bucket)
                            .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
            put(check);
        }
    }

    private void put(RevisionCheck check) {
        endpoint.s3()
                .putObject(
                        request -> request.bucket(bucket)
                                .key(check.key())
                                .contentType("application/json")
                                .checksumAlgorithm(ChecksumAlgorithm.SHA256),
                        RequestBody.fromBytes(Json.bytes(check.toJson())));
    }

    /// The newest record of each check of a revision, by name; those that cannot be read are left out.
    public List<RevisionCheck> all(String system, String id) {
        try {
            return endpoint
                    .s3()
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(StateKeys.checks(system, id)))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .map(key -> read(key, null))
                    .flatMap(content -> parsed(content).stream())
                    .toList();
        } catch (NoSuchBucketException e) {
            return List.of();
        }
    }

    /// All records of one check of a revision, the newest first.
    public List<RevisionCheck> history(String system, String id, String name) {
        var key = StateKeys.check(system, id, name);
        var records = new ArrayList<RevisionCheck>();
        try {
            endpoint
                    .s3()
                    .listObjectVersionsPaginator(
                            request -> request.bucket(bucket).prefix(key))
                    .versions()
                    .stream()
                    .filter(version -> version.key().equals(key))
                    .map(ObjectVersion::versionId)
                    .forEach(version -> parsed(read(key, version)).ifPresent(records::add));
        } catch (NoSuchBucketException e) {
            // Nothing was recorded yet.
        }
        return records;
    }

    private static Optional<RevisionCheck> parsed(byte @Nullable [] content) {
        try {
            return content == null ? Optional.empty() : Optional.of(RevisionCheck.parse(content));
        } catch (InvalidInput e) {
            return Optional.empty();
        }
    }

    /// The content of an object, null where it is not there.
    public byte @Nullable [] read(String key) {
        return read(key, null);
    }

    private byte @Nullable [] read(String key, @Nullable String version) {
        try {
            return endpoint.s3()
                    .getObjectAsBytes(request -> request.bucket(bucket).key(key).versionId(version))
                    .asByteArray();
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return null;
        }
    }
}
