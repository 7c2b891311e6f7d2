package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// PutObject, CopyObject, and what a form uploads.
record WriteActions(S3Context store, ReadActions reads) {
    private static final int MAX_COPY_GIB = 5;

    List<ApiOperation<S3Route>> all() {
        return List.of(
                ApiOperation.changing(
                        "CopyObject",
                        S3Route.of("PUT /{Bucket}/{Key+}", this::copy)
                                .describingObject()
                                .when(CopySource::isNamed),
                        "PutObject",
                        "PutObjectTagging",
                        "GetObject",
                        "GetObjectVersion",
                        "GetObjectTagging",
                        "GetObjectVersionTagging",
                        "ListBucket",
                        "kms:Decrypt",
                        "kms:GenerateDataKey"),
                ApiOperation.changing(
                        "PutObject",
                        S3Route.of("PUT /{Bucket}/{Key+}", this::put).describingObject(),
                        "PutObject",
                        "PutObjectTagging",
                        "PutObjectRetention",
                        "GetObject",
                        "kms:GenerateDataKey"));
    }

    AwsResponse put(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        var headers = call.request().headers();
        var conditions = Conditions.of(headers);
        conditions.checkWritable();
        var tags = Tags.ofHeader(call.header("x-amz-tagging"));
        authorize(call, bucket, tags, conditions);
        if (ObjectLock.isAsked(headers)) {
            store.permissions.requireOnKey(call, "s3:PutObjectRetention", bucket, call.key());
        }
        var retention = ObjectLock.of(headers, bucket, store.now());
        var metadata = store.metadata(headers, bucket, ObjectLock.HEADERS).with(retention);
        store.permissions.requireKms(call, "kms:GenerateDataKey", metadata.encryption(), bucket, call.key());
        var expected = BodyReader.Expected.of(headers, ChecksumAlgorithm.CRC64NVME);
        var before = bucket.current(call.key());
        conditions.checkWrite(call.key(), before, before);
        var received = store.intake.receive(call.request(), expected, expected.algorithm());
        var version =
                commit(call, bucket, conditions, before, new Content(received, metadata, tags, false), "PutObject");
        var response = AwsResponse.of(200).with("ETag", version.quotedEtag());
        ObjectHeaders.describeChecksum(response, version.checksum());
        ObjectHeaders.describeEncryption(response, metadata.encryption());
        return response.with("x-amz-version-id", ObjectHeaders.versionId(version, bucket));
    }

    /// Puts what a service delivers that was asked whether it may.
    static void deliver(S3Context store, Bucket bucket, String key, byte[] content) throws IOException {
        var received =
                store.intake.store(new ByteArrayInputStream(content), content.length, ChecksumAlgorithm.CRC64NVME);
        var metadata =
                new Metadata(Map.of("Content-Type", "text/plain"), Map.of(), BucketEncryption.of(bucket), "STANDARD");
        var committed = false;
        try {
            var ticket = store.locked(
                    bucket,
                    () -> store.buckets.change(new Change.VersionAdded(
                            bucket.name(),
                            version(store, key, bucket, new Content(received, metadata, Map.of(), false)))));
            committed = true;
            store.buckets.await(ticket);
        } finally {
            if (!committed) {
                store.buckets.blobs().release(received.blob());
            }
        }
    }

    /// What a form uploads.
    ///
    /// @param call the form's fields as headers
    /// @param file refuses by itself what is too long or too short
    ObjectVersion post(S3Call call, InputStream file, Map<String, String> tags) throws IOException {
        var bucket = store.bucket(call);
        var headers = call.request().headers();
        var conditions = Conditions.of(headers);
        authorize(call, bucket, tags, conditions);
        var metadata = store.metadata(headers, bucket);
        store.permissions.requireKms(call, "kms:GenerateDataKey", metadata.encryption(), bucket, call.key());
        var received =
                store.intake.receive(headers, file, BodyReader.Expected.of(headers, ChecksumAlgorithm.CRC64NVME));
        return commit(
                call,
                bucket,
                conditions,
                bucket.current(call.key()),
                new Content(received, metadata, tags, false),
                "PostObject");
    }

    private void authorize(S3Call call, Bucket bucket, Map<String, String> tags, Conditions conditions) {
        var existing = bucket.current(call.key());
        store.permissions.requireOnKey(call, "s3:PutObject", bucket, call.key(), null, tags);
        if (!tags.isEmpty()) {
            store.permissions.requireOnKey(call, "s3:PutObjectTagging", bucket, call.key(), existing, tags);
        }
        if (conditions.ifMatch() != null) {
            // Whoever could probe ETags could read a little.
            store.permissions.requireOnKey(call, "s3:GetObject", bucket, call.key(), existing, Map.of());
        }
    }

    /// @param shared whether the bytes are another version's too, held on to until the commit is made
    private record Content(BodyReader.Received received, Metadata metadata, Map<String, String> tags, boolean shared) {}

    /// Makes it the current version if the conditions hold at that instant.
    private ObjectVersion commit(
            S3Call call,
            Bucket bucket,
            Conditions conditions,
            @Nullable ObjectVersion before,
            Content content,
            String reason)
            throws IOException {
        record Committed(ObjectVersion version, long ticket) {}
        boolean committed = false;
        try {
            var done = store.locked(bucket, () -> {
                conditions.checkWrite(call.key(), bucket.current(call.key()), before);
                var version = version(store, call.key(), bucket, content);
                return new Committed(version, store.buckets.change(new Change.VersionAdded(bucket.name(), version)));
            });
            committed = true;
            store.buckets.await(done.ticket());
            store.events.created(call, bucket, done.version(), reason);
            return done.version();
        } finally {
            if (!committed || content.shared()) {
                store.buckets.blobs().release(content.received().blob());
            }
        }
    }

    private static ObjectVersion version(S3Context store, String key, Bucket bucket, Content content) {
        var received = content.received();
        var now = store.now();
        // Under KMS an ETag is not an MD5; nobody shall come to rely on one here.
        var etag = content.metadata().encryption().isKms() ? Etags.random() : received.md5();
        var part = new Part(1, received.blob().length(), etag, received.checksum(), now, received.blob());
        return new ObjectVersion(
                key,
                store.newVersionId(bucket),
                false,
                store.buckets.nextSequence(now.toEpochMilli()),
                now,
                etag,
                received.blob().length(),
                content.metadata(),
                received.checksum(),
                List.of(part),
                false,
                content.tags());
    }

    AwsResponse copy(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        var headers = call.request().headers();
        var conditions = Conditions.of(headers);
        conditions.checkWritable();
        var source = CopySource.of(call);
        var sourceBucket = store.bucket(source.bucket());
        var original = source.authorized(call, store, sourceBucket);
        Conditions.ofCopySource(headers).checkSource(original);
        boolean replace = directive(call, "x-amz-metadata-directive");
        var tags = tags(call, original, sourceBucket, source);
        authorize(call, bucket, tags, conditions);
        var asked = store.metadata(headers, bucket);
        var metadata = replace ? asked : asked.describing(original.metadata());
        if (sourceBucket == bucket && source.key().equals(call.key()) && source.versionId() == null) {
            checkChanges(call, replace, original, metadata);
        }
        if (original.size() > (long) MAX_COPY_GIB << 30) {
            throw S3Error.invalidRequest("The specified copy source is larger than the maximum allowable size for a "
                    + "copy source: " + ((long) MAX_COPY_GIB << 30));
        }
        store.permissions.requireKms(call, "kms:GenerateDataKey", metadata.encryption(), bucket, call.key());
        var before = bucket.current(call.key());
        conditions.checkWrite(call.key(), before, before);
        var algorithm = algorithm(call, original);
        boolean shared = isReusable(original, algorithm);
        var received = shared ? share(sourceBucket, original) : again(original, algorithm);
        var version =
                commit(call, bucket, conditions, before, new Content(received, metadata, tags, shared), "CopyObject");
        var xml = new Xml().open("CopyObjectResult", S3Xml.NAMESPACE);
        xml.element("LastModified", S3Xml.date(version.modified())).element("ETag", version.quotedEtag());
        var checksum = received.checksum();
        xml.element(checksum.algorithm().element(), checksum.value());
        xml.element("ChecksumType", checksum.type().name());
        var response = S3Xml.answer(xml.close());
        ObjectHeaders.describeEncryption(response, metadata.encryption());
        response.with("x-amz-copy-source-version-id", ObjectHeaders.versionId(original, sourceBucket));
        return response.with("x-amz-version-id", ObjectHeaders.versionId(version, bucket));
    }

    private static boolean directive(S3Call call, String header) {
        return switch (call.request().headers().get(header, "COPY")) {
            case "COPY" -> false;
            case "REPLACE" -> true;
            default -> throw S3Error.invalidArgument("Unknown directive.", header, String.valueOf(call.header(header)));
        };
    }

    private Map<String, String> tags(S3Call call, ObjectVersion original, Bucket sourceBucket, CopySource source) {
        if (directive(call, "x-amz-tagging-directive")) {
            return Tags.ofHeader(call.header("x-amz-tagging"));
        }
        if (!original.tags().isEmpty()) {
            source.require(call, store, sourceBucket, "Tagging", original);
        }
        return original.tags();
    }

    private static void checkChanges(S3Call call, boolean replace, ObjectVersion original, Metadata metadata) {
        if (!replace
                && metadata.storageClass().equals(original.metadata().storageClass())
                && call.header("x-amz-server-side-encryption") == null
                && call.header("x-amz-website-redirect-location") == null) {
            throw S3Error.invalidRequest("This copy request is illegal because it is trying to copy an object to "
                    + "itself without changing the object's metadata, storage class, website redirect location or "
                    + "encryption attributes.");
        }
    }

    private static ChecksumAlgorithm algorithm(S3Call call, ObjectVersion original) {
        var asked = call.header("x-amz-checksum-algorithm");
        if (asked != null) {
            return RequestHeaders.algorithm(asked);
        }
        var known = original.checksum();
        return known == null ? ChecksumAlgorithm.CRC64NVME : known.algorithm();
    }

    /// Whether all is known about the bytes that a copy has to know.
    private static boolean isReusable(ObjectVersion original, ChecksumAlgorithm algorithm) {
        var known = original.checksum();
        return !original.inParts()
                && known != null
                && known.algorithm() == algorithm
                && !original.metadata().encryption().isKms();
    }

    /// The same bytes, kept from being deleted with their first owner.
    private BodyReader.Received share(Bucket from, ObjectVersion original) throws IOException {
        var part = original.parts().getFirst();
        return store.locked(from, () -> {
            if (from.version(original.key(), original.id()) == null) {
                throw S3Error.noSuchKey(original.key());
            }
            store.buckets.blobs().retain(part.blob());
            return new BodyReader.Received(part.blob(), original.etag(), part.checksum(), part.checksum());
        });
    }

    private BodyReader.Received again(ObjectVersion original, ChecksumAlgorithm algorithm) throws IOException {
        try (var in = reads.whole(original, 0, original.size())) {
            return store.intake.store(in, original.size(), algorithm);
        }
    }
}
