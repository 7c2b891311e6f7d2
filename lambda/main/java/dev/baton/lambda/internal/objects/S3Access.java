package dev.baton.lambda.internal.objects;

import dev.baton.lambda.internal.aws.ObjectCall;
import dev.baton.lambda.internal.aws.ObjectCalls;
import dev.baton.lambda.internal.aws.ServiceAnswer;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

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

    private final ServiceClients clients;
    private final AwsCredentialsProvider provider;
    private final Consumer<AwsRequestOverrideConfiguration.Builder> credentials;

    public S3Access(ServiceClients clients, AwsCredentialsProvider credentials) {
        this.clients = clients;
        this.provider = credentials;
        this.credentials = overrides -> overrides.credentialsProvider(credentials);
    }

    /// The current version of an object, or null where the key has none.
    public @Nullable StoredObject find(String bucket, String key) {
        return unlessAbsent(
                bucket, key, ObjectCall.head(bucket, key), answer -> ObjectHeaderReader.stored(bucket, key, answer));
    }

    /// The whole content, or null where the object is not there.
    public @Nullable Content read(String bucket, String key, @Nullable String version) {
        return unlessAbsent(bucket, key, ObjectCall.get(bucket, key, named(version)), answer -> {
            try (var in = CheckedContent.of(answer)) {
                return new Content(in.readAllBytes(), answer.need("ETag"), ObjectHeaderReader.version(answer));
            }
        });
    }

    /// What an object answers, or null where it is not there. A key that is listed after a 403 may have appeared after
    /// the 403: it is asked once more.
    private <T> @Nullable T unlessAbsent(String bucket, String key, ObjectCall call, ObjectCalls.Reading<T> found) {
        for (var again = false; ; again = true) {
            try {
                return clients.objects()
                        .send(call, provider, answer -> answered(answer, found))
                        .orElse(null);
            } catch (AwsServiceException e) {
                if (e.statusCode() != 403 || again) {
                    throw e;
                }
                if (!isListed(bucket, key, e)) {
                    return null;
                }
            }
        }
    }

    private <T> Optional<T> answered(ServiceAnswer answer, ObjectCalls.Reading<T> found) throws IOException {
        if (answer.isSuccessful()) {
            return Optional.of(found.read(answer));
        }
        if (answer.status() == 404) {
            answer.content().close();
            return Optional.empty();
        }
        throw clients.objects().refusal(answer);
    }

    /// The content as a stream that the caller closes.
    ///
    /// @throws AwsServiceException when it is not there, or not for these credentials
    public InputStream open(String bucket, String key, @Nullable String version) {
        return clients.objects().send(ObjectCall.get(bucket, key, named(version)), provider, answer -> {
            if (!answer.isSuccessful()) {
                throw clients.objects().refusal(answer);
            }
            return CheckedContent.of(answer);
        });
    }

    /// The keys under a prefix, in S3's order, fetched as they are asked for.
    public Stream<String> keys(String bucket, String prefix) {
        return list(bucket, prefix).map(Listed::key);
    }

    /// The objects under a prefix, in S3's order, fetched as they are asked for.
    public Stream<Listed> list(String bucket, String prefix) {
        return Stream.iterate(
                        page(bucket, prefix, null),
                        page -> page != null,
                        page -> page.next() == null ? null : page(bucket, prefix, page.next()))
                .flatMap(page -> page.objects().stream());
    }

    private ListingPage page(String bucket, String prefix, @Nullable String next) {
        return clients.objects().send(ObjectCall.list(bucket, prefix, next), provider, answer -> {
            if (!answer.isSuccessful()) {
                throw clients.objects().refusal(answer);
            }
            return ListingPage.parse(answer.text());
        });
    }

    /// The version id of the current version of an object, or null where it is not there, also where only a delete
    /// marker is. It takes the right to list versions, and shows nothing of the content.
    public @Nullable String version(String bucket, String key) {
        // The newest version of the first key that begins so: a key sorts before all that are longer.
        return clients.objects()
                .send(ObjectCall.firstVersion(bucket, key), provider, answer -> {
                    if (!answer.isSuccessful()) {
                        throw clients.objects().refusal(answer);
                    }
                    var xml = answer.text();
                    return ListingPage.isOf(xml, key)
                                    && xml.contains("<Version>")
                                    && "true".equals(ServiceAnswer.element(xml, "IsLatest"))
                            ? Optional.ofNullable(ServiceAnswer.element(xml, "VersionId"))
                            : Optional.<String>empty();
                })
                .orElse(null);
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
                ? new MultipartWrite(clients.s3(), credentials)
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
            clients.patience().pass(Duration.ofNanos(nanos));
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
        var headers = new LinkedHashMap<>(clients.objects().encryption(bucket));
        headers.put("Content-Type", contentType);
        headers.put("x-amz-checksum-sha256", content.sha256Base64());
        content.describe(metadata).forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
        headers.putAll(precondition.headers());
        var call = ObjectCall.put(bucket, key, headers, () -> content.slice(0, content.size()), content.size());
        return attempt(
                precondition,
                () -> clients.objects().send(call, provider, answer -> {
                    if (!answer.isSuccessful()) {
                        throw clients.objects().refusal(answer);
                    }
                    answer.content().close();
                    return new WriteResult.Written(ObjectHeaderReader.version(answer), answer.need("ETag"));
                }));
    }

    /// Removes an object, if it is the one that was seen.
    ///
    /// @return whether it was, and is gone
    public boolean delete(String bucket, String key, Precondition.Unchanged precondition) {
        try {
            clients.s3()
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
            return clients.objects().send(ObjectCall.first(bucket, key), provider, answer -> {
                if (!answer.isSuccessful()) {
                    throw clients.objects().refusal(answer);
                }
                return ListingPage.isOf(answer.text(), key);
            });
        } catch (SdkException e) {
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private static @Nullable String named(@Nullable String version) {
        return UNVERSIONED.equals(version) ? null : version;
    }

    private static @Nullable String code(AwsServiceException e) {
        return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    }

    /// An object of a listing.
    public record Listed(String key, String etag) {}

    /// An object's whole content and which version it is of.
    @SuppressWarnings("ArrayRecordComponent")
    public record Content(byte[] bytes, String etag, String version) {}
}
