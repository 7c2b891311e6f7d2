package dev.baton.cli.deploy.put;

import dev.baton.cli.deploy.read.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The packages in a state bucket that functions were made of. Lambda holds a copy of its own, so that no function
/// stops when its package goes; a package is kept for the next deployment of the same code, which then uploads nothing.
/// That of a version which is there may come back, and that of the last hour may be on its way into a function; all
/// others are garbage. What S3 says is the SHA-256 of a package, Lambda says is that of the code made of it.
///
/// @param bucket the state bucket
public record FunctionPackages(Endpoint endpoint, String bucket) {
    private static final Duration FRESH = Duration.ofHours(1);
    private static final int FORBIDDEN = 403;
    private static final int MOST_DELETED = 1_000;

    /// A version of a package's object that nothing needs.
    ///
    /// @param arn of the object
    /// @param version of the object; its bytes cost until this one goes
    public record Unneeded(String arn, String key, String version) {}

    /// The packages of which no function version is made.
    ///
    /// @param gone ARNs of function versions that do not count: they are about to go
    /// @param now what is younger than an hour is not garbage
    public List<Unneeded> unneeded(Collection<String> gone, Instant now) {
        var objects = objects();
        if (objects.isEmpty()) {
            return List.of();
        }
        var needed = code(Set.copyOf(gone));
        var partition = PartitionMetadata.of(Region.of(endpoint.region())).id();
        return objects.stream()
                .filter(object -> object.lastModified().isBefore(now.minus(FRESH)))
                .filter(object -> !needed.contains(sha256(object)))
                .map(object -> new Unneeded(
                        "arn:" + partition + ":s3:::" + bucket + "/" + object.key(), object.key(), object.versionId()))
                .toList();
    }

    /// Whoever deploys with CDK has uploaded none, and may have no right to look.
    private List<ObjectVersion> objects() {
        try {
            return endpoint
                    .s3()
                    .listObjectVersionsPaginator(
                            request -> request.bucket(bucket).prefix(UploadedFunctions.PREFIX))
                    .versions()
                    .stream()
                    .toList();
        } catch (S3Exception e) {
            if (e.statusCode() == FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    /// The SHA-256 of the code of every version of every function, in base64.
    private Set<String> code(Set<String> gone) {
        var code = new HashSet<String>();
        for (var function : endpoint.lambda().listFunctionsPaginator().functions()) {
            for (FunctionConfiguration version : endpoint.lambda()
                    .listVersionsByFunctionPaginator(request -> request.functionName(function.functionName()))
                    .versions()) {
                if (!gone.contains(version.functionArn())) {
                    code.add(version.codeSha256());
                }
            }
        }
        return code;
    }

    /// Empty where S3 knows none: such a package can be uploaded again.
    private String sha256(ObjectVersion object) {
        var checksum = endpoint.s3()
                .headObject(request -> request.bucket(bucket)
                        .key(object.key())
                        .versionId(object.versionId())
                        .checksumMode(ChecksumMode.ENABLED))
                .checksumSHA256();
        return checksum == null ? "" : checksum;
    }

    /// Deletes them for good.
    public void remove(List<Unneeded> unneeded) {
        for (var from = 0; from < unneeded.size(); from += MOST_DELETED) {
            var some = unneeded.subList(from, Math.min(unneeded.size(), from + MOST_DELETED)).stream()
                    .map(each -> ObjectIdentifier.builder()
                            .key(each.key())
                            .versionId(each.version())
                            .build())
                    .toList();
            var refused = endpoint.s3()
                    .deleteObjects(request -> request.bucket(bucket).delete(delete -> delete.objects(some)))
                    .errors();
            if (!refused.isEmpty()) {
                throw S3Exception.builder()
                        .message(refused.getFirst().key() + ": "
                                + refused.getFirst().message())
                        .build();
            }
        }
    }
}
