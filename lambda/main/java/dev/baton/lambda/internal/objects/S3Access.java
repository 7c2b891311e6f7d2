package dev.baton.lambda.internal.objects;

import dev.baton.lambda.internal.aws.Backoff;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

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

    private static final long PAUSE_NANOS = 20_000_000;

    private final Supplier<S3Client> client;
    private final AwsRequestOverrideConfiguration credentials;
    private final Backoff patience;

    public S3Access(ServiceClients clients, AwsCredentialsProvider credentials) {
        this(
                clients::s3,
                AwsRequestOverrideConfiguration.builder()
                        .credentialsProvider(credentials)
                        .build(),
                clients.patience());
    }

    /// S3 as a client sees it that has credentials of its own.
    public S3Access(S3Client client) {
        this(() -> client, AwsRequestOverrideConfiguration.builder().build(), Backoff.ASLEEP);
    }

    private S3Access(Supplier<S3Client> client, AwsRequestOverrideConfiguration credentials, Backoff patience) {
        this.client = client;
        this.credentials = credentials;
        this.patience = patience;
    }

    /// The current version of an object, or null where the key has none.
    public @Nullable StoredObject find(String bucket, String key) {
        var request = HeadObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .checksumMode(ChecksumMode.ENABLED)
                .overrideConfiguration(credentials)
                .build();
        return unlessAbsent(
                bucket,
                key,
                () -> ObjectHeaderReader.stored(bucket, key, client.get().headObject(request)));
    }

    /// The whole content, or null where the object is not there.
    public @Nullable Content read(String bucket, String key, @Nullable String version) {
        return unlessAbsent(bucket, key, () -> client.get().getObject(request(bucket, key, version), S3Access::whole));
    }

    private static Content whole(GetObjectResponse answer, AbortableInputStream stream) {
        try (var in = new CheckedContent(stream, answer.contentLength())) {
            return new Content(in.readAllBytes(), answer.eTag(), ObjectHeaderReader.version(answer.versionId()));
        } catch (IOException e) {
            // The SDK asks again.
            throw RetryableException.create("the content could not be read: " + e.getMessage(), e);
        }
    }

    private GetObjectRequest request(String bucket, String key, @Nullable String version) {
        return GetObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .versionId(UNVERSIONED.equals(version) ? null : version)
                .checksumMode(ChecksumMode.ENABLED)
                .overrideConfiguration(credentials)
                .build();
    }

    /// What an object answers, or null where it is not there. A key that is listed after a 403 may have appeared after
    /// the 403: it is asked once more.
    private <T> @Nullable T unlessAbsent(String bucket, String key, Supplier<T> ask) {
        for (var again = false; ; again = true) {
            try {
                return ask.get();
            } catch (AwsServiceException e) {
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
    /// @throws AwsServiceException when it is not there, or not for these credentials
    public InputStream open(String bucket, String key, @Nullable String version) {
        return client.get()
                .getObject(
                        request(bucket, key, version),
                        ResponseTransformer.unmanaged(
                                (answer, stream) -> new CheckedContent(stream, answer.contentLength())));
    }

    /// The keys under a prefix, in S3's order, fetched as they are asked for.
    public Stream<String> keys(String bucket, String prefix) {
        return list(bucket, prefix).map(Listed::key);
    }

    /// The objects under a prefix, in S3's order, fetched as they are asked for.
    public Stream<Listed> list(String bucket, String prefix) {
        return client.get().listObjectsV2Paginator(listing(bucket, prefix).build()).contents().stream()
                .map(object -> new Listed(object.key(), object.eTag()));
    }

    /// Percent-coded, since XML has no way to say every key; the SDK decodes it.
    private ListObjectsV2Request.Builder listing(String bucket, String prefix) {
        return ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(prefix)
                .encodingType(EncodingType.URL)
                .overrideConfiguration(credentials);
    }

    /// All versions of the objects under a prefix, of each key the newest first, fetched as they are asked for. Where
    /// a bucket keeps none, an object has one, [#UNVERSIONED].
    public Stream<ListedVersion> versions(String bucket, String prefix) {
        return client
                .get()
                .listObjectVersionsPaginator(ListObjectVersionsRequest.builder()
                        .bucket(bucket)
                        .prefix(prefix)
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(credentials)
                        .build())
                .versions()
                .stream()
                .map(version -> new ListedVersion(
                        version.key(),
                        ObjectHeaderReader.version(version.versionId()),
                        version.eTag(),
                        Boolean.TRUE.equals(version.isLatest())));
    }

    /// The version id of the current version of an object, or null where it is not there, also where only a delete
    /// marker is. It takes the right to list versions, and shows nothing of the content.
    public @Nullable String version(String bucket, String key) {
        // The newest version of the first key that begins so: a key sorts before all that are longer.
        var first = client.get()
                .listObjectVersions(ListObjectVersionsRequest.builder()
                        .bucket(bucket)
                        .prefix(key)
                        .maxKeys(1)
                        .encodingType(EncodingType.URL)
                        .overrideConfiguration(credentials)
                        .build());
        for (var version : first.versions()) {
            if (version.key().equals(key) && Boolean.TRUE.equals(version.isLatest())) {
                return version.versionId();
            }
        }
        return null;
    }

    /// Writes a small object, if the precondition holds. After a conflict with another write a short while has passed.
    public WriteResult write(
            String bucket,
            String key,
            byte[] content,
            String contentType,
            Map<String, String> metadata,
            Precondition precondition) {
        return write(bucket, key, SpooledContent.of(content), contentType, metadata, precondition);
    }

    /// Writes an object, if the precondition holds. After a conflict with another write a short while
    /// has passed. Its SHA-256 goes along as S3's checksum and as metadata.
    public WriteResult write(
            String bucket,
            String key,
            SpooledContent content,
            String contentType,
            Map<String, String> metadata,
            Precondition precondition) {
        var result = content.size() > MultipartWrite.THRESHOLD
                ? new MultipartWrite(client.get(), credentials)
                        .write(bucket, key, content, contentType, metadata, precondition)
                : writeWhole(bucket, key, content, contentType, metadata, precondition);
        if (result instanceof WriteResult.Conflict) {
            pause();
        }
        return result;
    }

    /// A wait of random length, so that two writers who met do not meet again.
    private void pause() {
        try {
            var nanos = ThreadLocalRandom.current().nextLong(PAUSE_NANOS / 10, PAUSE_NANOS);
            patience.pass(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted", e);
        }
    }

    private WriteResult writeWhole(
            String bucket,
            String key,
            SpooledContent content,
            String contentType,
            Map<String, String> metadata,
            Precondition precondition) {
        var request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(contentType)
                .checksumSHA256(content.sha256Base64())
                .metadata(content.describe(metadata))
                .ifMatch(precondition.ifMatch())
                .ifNoneMatch(precondition.ifNoneMatch())
                .overrideConfiguration(credentials)
                .build();
        return attempt(precondition, () -> {
            try (var opened = new OpenedContent(content, 0, content.size())) {
                var answer = client.get().putObject(request, opened.body(contentType));
                return new WriteResult.Written(ObjectHeaderReader.version(answer.versionId()), answer.eTag());
            }
        });
    }

    /// Removes an object, if it is the one that was seen.
    ///
    /// @return whether it was, and is gone
    public boolean delete(String bucket, String key, Precondition.Unchanged precondition) {
        try {
            client.get()
                    .deleteObject(request -> request.bucket(bucket)
                            .key(key)
                            .ifMatch(precondition.etag())
                            .overrideConfiguration(credentials));
            return true;
        } catch (AwsServiceException e) {
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
        } catch (AwsServiceException e) {
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

    private boolean isListed(String bucket, String key, AwsServiceException refused) {
        try {
            var first =
                    client.get().listObjectsV2(listing(bucket, key).maxKeys(1).build());
            return !first.contents().isEmpty()
                    && first.contents().getFirst().key().equals(key);
        } catch (SdkException e) {
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private static @Nullable String code(AwsServiceException e) {
        return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    }

    /// An object of a listing.
    public record Listed(String key, String etag) {}

    /// A version of a listing.
    ///
    /// @param latest whether it is what the key has now
    public record ListedVersion(String key, String version, String etag, boolean latest) {}

    /// An object's whole content and which version it is of.
    @SuppressWarnings("ArrayRecordComponent")
    public record Content(byte[] bytes, String etag, String version) {}
}
