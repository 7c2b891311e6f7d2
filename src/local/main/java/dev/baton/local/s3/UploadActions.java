package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// CreateMultipartUpload, UploadPart, UploadPartCopy and AbortMultipartUpload.
record UploadActions(S3Context store, ReadActions reads) {
    static final int MAX_PART_NUMBER = 10_000;

    List<ApiOperation<S3Route>> all() {
        return List.of(
                ApiOperation.changing(
                        "CreateMultipartUpload",
                        S3Route.of("POST /{Bucket}/{Key+}?uploads", this::create)
                                .describingObject(),
                        "PutObject",
                        "PutObjectTagging",
                        "kms:GenerateDataKey"),
                ApiOperation.changing(
                        "UploadPartCopy",
                        S3Route.of("PUT /{Bucket}/{Key+}?uploadId", this::copy).when(CopySource::isNamed),
                        "PutObject",
                        "GetObject",
                        "GetObjectVersion",
                        "ListBucket",
                        "kms:Decrypt",
                        "kms:GenerateDataKey"),
                ApiOperation.changing(
                        "UploadPart",
                        S3Route.of("PUT /{Bucket}/{Key+}?uploadId", this::put),
                        "PutObject",
                        "kms:Decrypt",
                        "kms:GenerateDataKey"),
                ApiOperation.changing(
                        "AbortMultipartUpload", S3Route.of("DELETE /{Bucket}/{Key+}?uploadId", this::abort)));
    }

    AwsResponse create(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        var tags = Tags.ofHeader(call.header("x-amz-tagging"));
        var existing = bucket.current(call.key());
        store.permissions.requireOnKey(call, "s3:PutObject", bucket, call.key(), null, tags);
        if (!tags.isEmpty()) {
            store.permissions.requireOnKey(call, "s3:PutObjectTagging", bucket, call.key(), existing, tags);
        }
        var metadata = store.metadata(call.request().headers(), bucket);
        store.permissions.requireKms(call, "kms:GenerateDataKey", metadata.encryption(), bucket, call.key());
        var algorithm = algorithm(call);
        var type = type(call, algorithm);
        var upload = new Upload(
                S3Context.randomId(64),
                call.key(),
                store.now(),
                call.request().caller().arn(),
                metadata,
                tags,
                algorithm,
                type,
                Upload.noParts());
        store.change(bucket, new Change.UploadBegun(bucket.name(), upload));
        var xml = new Xml().open("InitiateMultipartUploadResult", S3Xml.NAMESPACE);
        xml.element("Bucket", bucket.name()).element("Key", call.key()).element("UploadId", upload.id());
        var response = S3Xml.answer(xml.close());
        if (algorithm != null) {
            response.with("x-amz-checksum-algorithm", algorithm.name());
            response.with("x-amz-checksum-type", upload.type().name());
        }
        ObjectHeaders.describeEncryption(response, metadata.encryption());
        return response;
    }

    private static @Nullable ChecksumAlgorithm algorithm(S3Call call) {
        var asked = call.header("x-amz-checksum-algorithm");
        return asked == null ? null : RequestHeaders.algorithm(asked);
    }

    private static Checksum.@Nullable Type type(S3Call call, @Nullable ChecksumAlgorithm algorithm) {
        var asked = call.header("x-amz-checksum-type");
        if (asked == null) {
            return null;
        }
        var type = switch (asked) {
            case "FULL_OBJECT" -> Checksum.Type.FULL_OBJECT;
            case "COMPOSITE" -> Checksum.Type.COMPOSITE;
            default -> throw S3Error.invalidRequest("Value for x-amz-checksum-type header is invalid.");
        };
        if (algorithm == null) {
            throw S3Error.invalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }
        boolean fits =
                type == Checksum.Type.FULL_OBJECT ? algorithm.isLinear() : algorithm != ChecksumAlgorithm.CRC64NVME;
        if (!fits) {
            throw S3Error.invalidRequest("The " + type + " checksum type cannot be used with the "
                    + algorithm.name().toLowerCase(Locale.ROOT) + " checksum algorithm.");
        }
        return type;
    }

    /// @throws AwsError `NoSuchUpload`
    static Upload find(Bucket bucket, S3Call call) {
        var id = call.request().query().get("uploadId", "");
        var upload = bucket.uploads.get(id);
        if (upload == null || !upload.key().equals(call.key())) {
            throw S3Error.noSuchUpload(id);
        }
        return upload;
    }

    AwsResponse put(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        store.permissions.requireOnUpload(call, bucket);
        var upload = find(bucket, call);
        int number = partNumber(call);
        requireKms(call, bucket, upload);
        var expected = BodyReader.Expected.of(call.request().headers(), upload.algorithm());
        checkAlgorithm(upload, expected.algorithm());
        var received = store.intake.receive(call.request(), expected, upload.algorithm());
        var part = add(bucket, upload, number, received);
        var response = AwsResponse.of(200).with("ETag", '"' + part.etag() + '"');
        response.with(received.given().algorithm().header(), received.given().value());
        ObjectHeaders.describeEncryption(response, upload.metadata().encryption());
        return response;
    }

    private void requireKms(S3Call call, Bucket bucket, Upload upload) {
        var encryption = upload.metadata().encryption();
        store.permissions.requireKms(call, "kms:GenerateDataKey", encryption, bucket, call.key());
        store.permissions.requireKms(call, "kms:Decrypt", encryption, bucket, call.key());
    }

    private static void checkAlgorithm(Upload upload, ChecksumAlgorithm given) {
        if (upload.checksumAlgorithm() != null && given != upload.algorithm()) {
            throw S3Error.invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
                    + upload.algorithm().name().toLowerCase(Locale.ROOT) + ", actual checksum Type: "
                    + given.name().toLowerCase(Locale.ROOT));
        }
    }

    private static int partNumber(S3Call call) {
        var text = call.request().query().get("partNumber", "");
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_PART_NUMBER) {
            throw S3Error.invalidArgument(
                    "Part number must be an integer between 1 and " + MAX_PART_NUMBER + ", inclusive",
                    "partNumber",
                    text);
        }
        return Integer.parseInt(text);
    }

    private Part add(Bucket bucket, Upload upload, int number, BodyReader.Received received) throws IOException {
        boolean added = false;
        try {
            var part = new Part(
                    number,
                    received.blob().length(),
                    upload.metadata().encryption().isKms() ? Etags.random() : received.md5(),
                    received.checksum(),
                    store.now(),
                    received.blob());
            long ticket = store.locked(bucket, () -> {
                if (!bucket.uploads.containsKey(upload.id())) {
                    throw S3Error.noSuchUpload(upload.id());
                }
                return store.buckets.change(new Change.PartAdded(bucket.name(), upload.key(), upload.id(), part));
            });
            added = true;
            store.buckets.await(ticket);
            return part;
        } finally {
            if (!added) {
                store.buckets.blobs().release(received.blob());
            }
        }
    }

    AwsResponse copy(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        store.permissions.requireOnUpload(call, bucket);
        var upload = find(bucket, call);
        int number = partNumber(call);
        var source = CopySource.of(call);
        var sourceBucket = store.bucket(source.bucket());
        var original = source.authorized(call, store, sourceBucket);
        Conditions.ofCopySource(call.request().headers()).checkSource(original);
        requireKms(call, bucket, upload);
        var range = range(call.header("x-amz-copy-source-range"), original.size());
        BodyReader.Received received;
        try (var in = reads.whole(original, range.first(), range.length())) {
            received = store.intake.store(in, range.length(), upload.algorithm());
        }
        var part = add(bucket, upload, number, received);
        var xml = new Xml().open("CopyPartResult", S3Xml.NAMESPACE);
        xml.element("LastModified", S3Xml.date(part.modified())).element("ETag", '"' + part.etag() + '"');
        xml.element(part.checksum().algorithm().element(), part.checksum().value());
        var response = S3Xml.answer(xml.close());
        ObjectHeaders.describeEncryption(response, upload.metadata().encryption());
        return response.with("x-amz-copy-source-version-id", ObjectHeaders.versionId(original, sourceBucket));
    }

    private static ByteRange range(@Nullable String header, long size) {
        if (header == null) {
            return new ByteRange(0, size - 1);
        }
        if (!header.matches("bytes=[0-9]{1,18}-[0-9]{1,18}")) {
            throw S3Error.invalidArgument(
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last "
                            + "are the zero-based offsets of the first and last bytes to copy",
                    "x-amz-copy-source-range",
                    header);
        }
        int dash = header.indexOf('-');
        long first = Long.parseLong(header.substring("bytes=".length(), dash));
        long last = Long.parseLong(header.substring(dash + 1));
        if (first > last || last >= size) {
            throw S3Error.invalidArgument(
                    "Range specified is not valid for source object of size: " + size,
                    "x-amz-copy-source-range",
                    header);
        }
        return new ByteRange(first, last);
    }

    AwsResponse abort(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        store.permissions.requireOnKey(call, "s3:AbortMultipartUpload", bucket, call.key(), null, Map.of());
        var upload = find(bucket, call);
        store.buckets.await(store.locked(bucket, () -> {
            if (!bucket.uploads.containsKey(upload.id())) {
                throw S3Error.noSuchUpload(upload.id());
            }
            return store.buckets.change(new Change.UploadAborted(bucket.name(), upload.key(), upload.id()));
        }));
        return AwsResponse.of(204);
    }
}
