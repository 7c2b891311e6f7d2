package dev.baton.lambda.internal.objects;

import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// S3 as the holder of certain credentials sees it.
///
/// Whether an object exists is decided by S3's answer and never guessed: who may not list gets 403 for a missing key
/// too, so a 403 is followed by a listing of that one key, and stays an error where the key is there or the listing
/// is refused as well.
public final class S3Access {
    /// The name of a bucket's only version where it keeps none.
    public static final String UNVERSIONED = "null";

    /// Metadata with the SHA-256 of the whole content: S3 itself knows none of an object uploaded in parts.
    public static final String SHA256_METADATA = "baton-sha256";

    private final S3Client client;
    private final Consumer<AwsRequestOverrideConfiguration.Builder> credentials;

    public S3Access(S3Client client, AwsCredentialsProvider credentials) {
        this.client = client;
        this.credentials = overrides -> overrides.credentialsProvider(credentials);
    }

    /// The current version of an object, or null where the key has none.
    public @Nullable StoredObject find(String bucket, String key) {
        return unlessAbsent(
                bucket,
                key,
                () -> stored(
                        bucket,
                        key,
                        client.headObject(request -> request.bucket(bucket)
                                .key(key)
                                .checksumMode(ChecksumMode.ENABLED)
                                .overrideConfiguration(credentials))));
    }

    /// The whole content, or null where the object is not there.
    public @Nullable Content read(String bucket, String key, @Nullable String version) {
        return unlessAbsent(bucket, key, () -> {
            var response = client.getObjectAsBytes(get(bucket, key, version));
            return new Content(
                    response.asByteArray(),
                    response.response().eTag(),
                    version(response.response().versionId()));
        });
    }

    /// What an object answers, or null where it is not there. A key that is listed after a 403 may have appeared after
    /// the 403: it is asked once more.
    private <T> @Nullable T unlessAbsent(String bucket, String key, Supplier<T> ask) {
        for (var again = false; ; again = true) {
            try {
                return ask.get();
            } catch (S3Exception e) {
                if (e.statusCode() == 404) {
                    return null;
                }
                if (e.statusCode() != 403 || again) {
                    throw e;
                }
                if (!isListed(bucket, key, e)) {
                    return null;
                }
            }
        }
    }

    /// The content as a stream that the caller closes.
    ///
    /// @throws S3Exception when it is not there, or not for these credentials
    public InputStream open(String bucket, String key, @Nullable String version) {
        return client.getObject(get(bucket, key, version));
    }

    /// The keys under a prefix, in S3's order, fetched as they are asked for.
    public Stream<String> keys(String bucket, String prefix) {
        return list(bucket, prefix).map(Listed::key);
    }

    /// The objects under a prefix, in S3's order, fetched as they are asked for.
    public Stream<Listed> list(String bucket, String prefix) {
        return client
                .listObjectsV2Paginator(ListObjectsV2Request.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .overrideConfiguration(credentials)
                        .build())
                .contents()
                .stream()
                .map(object -> new Listed(object.key(), object.eTag()));
    }

    /// Writes a small object, if the precondition holds.
    public WriteResult write(
            String bucket,
            String key,
            byte[] content,
            String contentType,
            Map<String, String> metadata,
            Precondition precondition) {
        return write(bucket, key, Spooled.of(content), contentType, metadata, precondition);
    }

    /// Writes an object, if the precondition holds. Its SHA-256 goes along as S3's checksum and as metadata.
    public WriteResult write(
            String bucket,
            String key,
            Spooled content,
            String contentType,
            Map<String, String> metadata,
            Precondition precondition) {
        return content.size() > Parts.THRESHOLD
                ? new Parts(client, credentials).write(bucket, key, content, contentType, metadata, precondition)
                : writeWhole(bucket, key, content, contentType, metadata, precondition);
    }

    private WriteResult writeWhole(
            String bucket,
            String key,
            Spooled content,
            String contentType,
            Map<String, String> metadata,
            Precondition precondition) {
        var request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType)
                .contentLength(content.size())
                .checksumSHA256(content.sha256Base64())
                .metadata(content.describe(metadata))
                .overrideConfiguration(credentials);
        switch (precondition) {
            case Precondition.Absent absent -> request.ifNoneMatch("*");
            case Precondition.Unchanged unchanged -> request.ifMatch(unchanged.etag());
            case Precondition.Anything anything -> {}
        }
        return attempt(precondition, () -> {
            var response = client.putObject(request.build(), content.body());
            return new WriteResult.Written(version(response.versionId()), response.eTag());
        });
    }

    /// Removes an object, if it is the one that was seen.
    ///
    /// @return whether it was, and is gone
    public boolean delete(String bucket, String key, Precondition.Unchanged precondition) {
        try {
            client.deleteObject(request ->
                    request.bucket(bucket).key(key).ifMatch(precondition.etag()).overrideConfiguration(credentials));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 404 || e.statusCode() == 409 || e.statusCode() == 412) {
                return false;
            }
            throw e;
        }
    }

    /// Makes S3's two ways to say that a precondition failed into results.
    static WriteResult attempt(Precondition precondition, Supplier<WriteResult> write) {
        try {
            return write.get();
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case 409 -> new WriteResult.Conflict();
                case 412 -> new WriteResult.Changed();
                case 404 -> {
                    if (!(precondition instanceof Precondition.Unchanged) || "NoSuchBucket".equals(code(e))) {
                        throw e;
                    }
                    yield new WriteResult.Changed();
                }
                default -> throw e;
            };
        }
    }

    private GetObjectRequest get(String bucket, String key, @Nullable String version) {
        return GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .versionId(named(version))
                .overrideConfiguration(credentials)
                .build();
    }

    private boolean isListed(String bucket, String key, S3Exception refused) {
        try {
            return client
                    .listObjectsV2(request -> request.bucket(bucket)
                            .prefix(key)
                            .maxKeys(1)
                            .overrideConfiguration(credentials))
                    .contents()
                    .stream()
                    .anyMatch(object -> object.key().equals(key));
        } catch (SdkException e) {
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private static StoredObject stored(String bucket, String key, HeadObjectResponse head) {
        var sha256 = sha256(head);
        return new StoredObject(
                bucket,
                key,
                version(head.versionId()),
                head.eTag(),
                head.contentLength(),
                sha256,
                sha256 == null ? checksum(head) : null,
                head.contentType() == null ? "application/octet-stream" : head.contentType(),
                head.metadata());
    }

    private static @Nullable String sha256(HeadObjectResponse head) {
        var base64 = head.checksumSHA256();
        if (base64 != null && isWhole(head, base64)) {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
        }
        return head.metadata().get(SHA256_METADATA);
    }

    private static @Nullable String checksum(HeadObjectResponse head) {
        if (head.checksumCRC64NVME() != null) {
            return "crc64nvme:" + head.checksumCRC64NVME();
        }
        if (head.checksumCRC32C() != null && isWhole(head, head.checksumCRC32C())) {
            return "crc32c:" + head.checksumCRC32C();
        }
        return head.checksumCRC32() != null && isWhole(head, head.checksumCRC32())
                ? "crc32:" + head.checksumCRC32()
                : null;
    }

    /// A checksum made of the parts' checksums ends in the number of parts.
    private static boolean isWhole(HeadObjectResponse head, String checksum) {
        return head.checksumType() != ChecksumType.COMPOSITE && checksum.indexOf('-') < 0;
    }

    private static String version(@Nullable String version) {
        return version == null ? UNVERSIONED : version;
    }

    private static @Nullable String named(@Nullable String version) {
        return UNVERSIONED.equals(version) ? null : version;
    }

    private static @Nullable String code(S3Exception e) {
        return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    }

    /// An object of a listing.
    public record Listed(String key, String etag) {}

    /// An object's whole content and which version it is of.
    @SuppressWarnings("ArrayRecordComponent")
    public record Content(byte[] bytes, String etag, String version) {}
}
