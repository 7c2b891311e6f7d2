package dev.baton.cli.people;

import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.name.Sha256;
import dev.baton.policy.CedarSource;
import dev.baton.policy.GovernedPipeline;
import dev.baton.run.StateKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// The policies about people of an environment, in its state bucket, and what they may ask about its pipelines.
///
/// @param bucket the state bucket
public record PolicyStore(Endpoint endpoint, String bucket) {
    private static final int CONFLICT = 412;

    /// Policies that hold.
    ///
    /// @param text in Cedar
    /// @param version of the object; empty where nobody has written any
    /// @param tag of its content, for the next one to be written over it alone; null where there is none
    public record StoredPolicies(
            String text, String version, @Nullable String tag) {
        /// By which decisions name them.
        public String hash() {
            return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
        }

        /// Whether somebody wrote them.
        public boolean isWritten() {
            return tag != null;
        }
    }

    /// The policies that hold now: the default where nobody has written any.
    public StoredPolicies policies() {
        try {
            var there = endpoint.s3()
                    .getObjectAsBytes(request -> request.bucket(bucket).key(StateKeys.policies()));
            var version = there.response().versionId();
            return new StoredPolicies(
                    there.asUtf8String(),
                    version == null ? "" : version,
                    there.response().eTag());
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return new StoredPolicies(CedarSource.DEFAULT.text(), "", null);
        }
    }

    /// Writes policies over those that were read, and over no others.
    ///
    /// @param before as they were read
    /// @return as they are now; nothing where somebody else has written some meanwhile
    public Optional<StoredPolicies> put(String text, StoredPolicies before) {
        var request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(StateKeys.policies())
                .contentType("text/plain; charset=utf-8");
        if (before.tag() == null) {
            request.ifNoneMatch("*");
        } else {
            request.ifMatch(before.tag());
        }
        try {
            var written = endpoint.s3().putObject(request.build(), RequestBody.fromString(text));
            var version = written.versionId();
            return Optional.of(new StoredPolicies(text, version == null ? "" : version, written.eTag()));
        } catch (S3Exception e) {
            if (e.statusCode() == CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// What policies may ask about every pipeline that was deployed, as it lies there.
    public List<byte[]> governed() {
        try {
            return endpoint
                    .s3()
                    .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(StateKeys.POLICIES + "governed/"))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .map(this::content)
                    .toList();
        } catch (NoSuchBucketException e) {
            return List.of();
        }
    }

    private byte[] content(String key) {
        return endpoint.s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(key))
                .asByteArray();
    }

    /// What policies may ask about one pipeline, if it was deployed.
    public Optional<byte[]> governed(String pipeline) {
        try {
            return Optional.of(content(StateKeys.governed(pipeline)));
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return Optional.empty();
        }
    }

    /// Writes down what policies may ask about a pipeline.
    public void put(GovernedPipeline governed) {
        endpoint.s3()
                .putObject(
                        request -> request.bucket(bucket)
                                .key(StateKeys.governed(governed.pipeline()))
                                .contentType("application/json"),
                        RequestBody.fromBytes(governed.toBytes()));
    }
}
