package dev.baton.local.s3;

import dev.baton.local.http.Account;
import dev.baton.local.http.Headers;
import dev.baton.local.http.HttpDate;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The common ground of S3's actions: the buckets, who may do what, the time, and whom events go to.
final class S3Context {
    private static final char[] ID_LETTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._".toCharArray();

    final Account account;
    final Buckets buckets;
    final Permissions permissions;
    final ObjectEvents events;
    final BodyReader intake;
    private final InstantSource clock;

    S3Context(Account account, Buckets buckets, Permissions permissions, ObjectEvents events, InstantSource clock) {
        this.account = account;
        this.buckets = buckets;
        this.permissions = permissions;
        this.events = events;
        this.intake = new BodyReader(buckets.blobs());
        this.clock = clock;
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// @throws AwsError `NoSuchBucket`
    Bucket bucket(String name) {
        var bucket = buckets.find(name);
        if (bucket == null) {
            throw S3Error.noSuchBucket(name);
        }
        return bucket;
    }

    Bucket bucket(S3Call call) {
        return bucket(call.bucket());
    }

    /// Something decided and done at once, which nobody else can come between.
    @FunctionalInterface
    interface Step<T> {
        T take() throws IOException;
    }

    /// Takes the step under the bucket's lock.
    ///
    /// @throws AwsError `NoSuchBucket` where the bucket went away meanwhile
    <T> T locked(Bucket bucket, Step<T> step) throws IOException {
        bucket.lock.lock();
        try {
            if (bucket.deleted) {
                throw S3Error.noSuchBucket(bucket.name());
            }
            return step.take();
        } finally {
            bucket.lock.unlock();
        }
    }

    /// Changes the bucket whatever it holds, and waits until that is durable.
    void change(Bucket bucket, Change change) throws IOException {
        buckets.await(locked(bucket, () -> buckets.change(change)));
    }

    /// The version that a read asks for.
    ///
    /// @throws AwsError where it is not there, as the caller may know it
    ObjectVersion find(S3Call call, Bucket bucket) {
        var id = call.versionId();
        return find(call, bucket, call.key(), id);
    }

    ObjectVersion find(S3Call call, Bucket bucket, String key, @Nullable String id) {
        if (id != null) {
            if (id.isEmpty()) {
                throw S3Error.invalidArgument("Version id cannot be the empty string", "versionId", id);
            }
            var version = bucket.version(key, id);
            if (version == null) {
                throw permissions.missing(call, bucket, key, S3Error.noSuchVersion(key, id));
            }
            if (version.deleteMarker()) {
                throw S3Error.methodNotAllowed(call.request().method())
                        .with("ResourceType", "DeleteMarker")
                        .withHeader("Allow", "DELETE")
                        .withHeader("Last-Modified", HttpDate.of(version.modified()))
                        .withHeader("x-amz-delete-marker", "true")
                        .withHeader("x-amz-version-id", version.id());
            }
            return version;
        }
        var current = bucket.current(key);
        if (current == null) {
            throw permissions.missing(call, bucket, key, S3Error.noSuchKey(key));
        }
        return current;
    }

    /// What a write says about its object, KMS keys under their ARNs.
    Metadata metadata(Headers headers, Bucket bucket) {
        return metadata(headers, bucket, Set.of());
    }

    /// @param honoured headers that are refused elsewhere, and read by the operation
    Metadata metadata(Headers headers, Bucket bucket, Set<String> honoured) {
        var metadata = ObjectHeaders.metadata(headers, bucket, honoured);
        var asked = metadata.encryption();
        return asked.isKms()
                ? metadata.encrypted(
                        new Encryption(asked.algorithm(), permissions.keys().arn(asked.keyId()), asked.bucketKey()))
                : metadata;
    }

    String newVersionId(Bucket bucket) {
        return bucket.keepsVersions() ? randomId(32) : ObjectVersion.NULL;
    }

    static String randomId(int length) {
        var random = ThreadLocalRandom.current();
        var id = new char[length];
        for (int i = 0; i < length; i++) {
            id[i] = ID_LETTERS[random.nextInt(64)];
        }
        return new String(id);
    }
}
