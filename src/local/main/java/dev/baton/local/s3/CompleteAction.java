package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// CompleteMultipartUpload: makes the object of its parts without moving a byte.
final class CompleteAction {
    private static final long MIN_PART = 5L << 20;
    private static final long MAX_OBJECT = 5L << 40;
    private static final int MAX_DOCUMENT = 4 << 20;

    /// Clients that lost an answer ask again; after this many further uploads they learn that there is none.
    private static final int REMEMBERED = 1_000;

    private final S3Context store;
    private final Map<Completed, Outcome> completed = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Completed, Outcome> eldest) {
            return size() > REMEMBERED;
        }
    });

    private record Completed(
            String bucket, String key, @Nullable String uploadId) {}

    private record Outcome(Upload upload, ObjectVersion version) {}

    CompleteAction(S3Context store) {
        this.store = store;
    }

    List<ApiOperation<S3Route>> all() {
        return List.of(ApiOperation.changing(
                "CompleteMultipartUpload",
                S3Route.of("POST /{Bucket}/{Key+}?uploadId", this::complete),
                "PutObject",
                "GetObject",
                "kms:Decrypt"));
    }

    AwsResponse complete(S3Call call) throws IOException {
        var bucket = store.bucket(call);
        var conditions = Conditions.of(call.request().headers());
        conditions.checkWritable();
        var existing = bucket.current(call.key());
        store.permissions.requireOnUpload(call, bucket);
        if (conditions.ifMatch() != null) {
            store.permissions.requireOnKey(call, "s3:GetObject", bucket, call.key(), existing, Map.of());
        }
        // The checksum among the headers is the object's, not this document's.
        var document = XmlElement.parse(call.request().bytes(MAX_DOCUMENT), "CompleteMultipartUpload");
        var repeated = completed.get(new Completed(bucket.name(), call.key(), call.query("uploadId")));
        if (repeated != null
                && repeated.version()
                        .equals(bucket.version(call.key(), repeated.version().id()))) {
            parts(repeated.upload(), document);
            return response(call, bucket, repeated.upload(), repeated.version());
        }
        var upload = UploadActions.find(bucket, call);
        store.permissions.requireKms(call, "kms:Decrypt", upload.metadata().encryption(), bucket, call.key());
        record Done(ObjectVersion version, long ticket) {}
        var done = store.locked(bucket, () -> {
            if (!bucket.uploads.containsKey(upload.id())) {
                throw S3Error.noSuchUpload(upload.id());
            }
            var parts = parts(upload, document);
            var checksum = checksum(upload, parts);
            checkAnnounced(call, upload, parts, checksum);
            conditions.checkWrite(call.key(), bucket.current(call.key()), existing);
            var version = version(bucket, upload, parts, checksum);
            return new Done(
                    version, store.buckets.change(new Change.UploadCompleted(bucket.name(), upload.id(), version)));
        });
        store.buckets.await(done.ticket());
        remember(bucket, upload, done.version());
        store.events.created(call, bucket, done.version(), "CompleteMultipartUpload");
        return response(call, bucket, upload, done.version());
    }

    private void remember(Bucket bucket, Upload upload, ObjectVersion version) {
        completed.put(new Completed(bucket.name(), upload.key(), upload.id()), new Outcome(upload, version));
    }

    /// Those parts that the client lists, each as it was uploaded.
    private static List<Part> parts(Upload upload, XmlElement document) {
        var listed = document.all("Part");
        if (listed.isEmpty() || listed.size() > UploadActions.MAX_PART_NUMBER) {
            throw S3Error.malformedXml();
        }
        var parts = new ArrayList<Part>(listed.size());
        int before = 0;
        for (var element : listed) {
            int number =
                    WholeNumbers.parse(element.require("PartNumber"), "PartNumber", 1, UploadActions.MAX_PART_NUMBER);
            if (number <= before) {
                throw new AwsError(
                        400,
                        "InvalidPartOrder",
                        "The list of parts was not in ascending order. Parts must be ordered by part number.");
            }
            before = number;
            checkGiven(element, number, upload);
            var part = upload.parts().get(number);
            var etag = element.require("ETag").replace("\"", "");
            if (part == null || !part.etag().equals(etag) || !hasChecksum(element, part)) {
                throw new AwsError(
                                400,
                                "InvalidPart",
                                "One or more of the specified parts could not be found.  The part may not have been "
                                        + "uploaded, or the specified entity tag may not match the part's entity tag.")
                        .with("UploadId", upload.id())
                        .with("PartNumber", Integer.toString(number))
                        .with("ETag", etag);
            }
            parts.add(part);
        }
        for (var part : parts.subList(0, parts.size() - 1)) {
            if (part.size() < MIN_PART) {
                throw new AwsError(
                                400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size")
                        .with("ProposedSize", Long.toString(part.size()))
                        .with("MinSizeAllowed", Long.toString(MIN_PART))
                        .with("PartNumber", Integer.toString(part.number()))
                        .with("ETag", part.etag());
            }
        }
        return parts;
    }

    /// Where the whole's checksum is one of the parts' checksums, S3 wants to be told each of them again.
    private static void checkGiven(XmlElement element, int number, Upload upload) {
        var algorithm = upload.checksumAlgorithm();
        if (algorithm != null && upload.type() == Checksum.Type.COMPOSITE && element.get(algorithm.element()) == null) {
            throw S3Error.invalidRequest("The upload was created using a "
                    + algorithm.name().toLowerCase(Locale.ROOT)
                    + " checksum. The complete request must include the checksum for each part. It was missing for part "
                    + number + " in the request.");
        }
    }

    private static boolean hasChecksum(XmlElement element, Part part) {
        for (var algorithm : ChecksumAlgorithm.values()) {
            var given = element.get(algorithm.element());
            if (given != null
                    && (part.checksum().algorithm() != algorithm
                            || !part.checksum().value().equals(given.strip()))) {
                return false;
            }
        }
        return true;
    }

    private static Checksum checksum(Upload upload, List<Part> parts) {
        var algorithm = upload.algorithm();
        if (upload.type() == Checksum.Type.FULL_OBJECT) {
            byte[] combined = null;
            for (var part : parts) {
                var next = part.checksum().digest();
                combined = combined == null ? next : CombinedCrc.of(algorithm, combined, next, part.size());
            }
            return Checksum.full(algorithm, combined == null ? new byte[0] : combined);
        }
        var digests = new ByteArrayOutputStream();
        for (var part : parts) {
            digests.writeBytes(part.checksum().digest());
        }
        var running = algorithm.start();
        running.update(digests.toByteArray(), 0, digests.size());
        return new Checksum(
                algorithm,
                Base64.getEncoder().encodeToString(running.digest()) + "-" + parts.size(),
                Checksum.Type.COMPOSITE);
    }

    private static void checkAnnounced(S3Call call, Upload upload, List<Part> parts, Checksum checksum) {
        long size = size(parts);
        if (size > MAX_OBJECT) {
            throw S3Error.entityTooLarge(size, MAX_OBJECT);
        }
        var announced = call.header(checksum.algorithm().header());
        if (announced != null
                && !announced.equals(checksum.value())
                && !checksum.value().equals(announced + "-" + parts.size())) {
            throw S3Error.badDigest(checksum.algorithm().name());
        }
        var type = call.header("x-amz-checksum-type");
        if (type != null && !type.equals(upload.type().name())) {
            throw S3Error.invalidRequest("The upload was created using the " + upload.type()
                    + " checksum mode. The complete request must use the same checksum mode.");
        }
        var announcedSize = call.header("x-amz-mp-object-size");
        if (announcedSize != null && !announcedSize.equals(Long.toString(size))) {
            throw S3Error.invalidRequest("The provided 'x-amz-mp-object-size' header value " + announcedSize
                    + " does not match what was computed: " + size);
        }
    }

    private static long size(List<Part> parts) {
        return parts.stream().mapToLong(Part::size).sum();
    }

    private ObjectVersion version(Bucket bucket, Upload upload, List<Part> parts, Checksum checksum) {
        var now = store.now();
        return new ObjectVersion(
                upload.key(),
                store.newVersionId(bucket),
                false,
                store.buckets.nextSequence(now.toEpochMilli()),
                now,
                upload.metadata().encryption().isKms() ? Etags.random() + "-" + parts.size() : Etags.ofParts(parts),
                size(parts),
                upload.metadata(),
                checksum,
                parts,
                true,
                upload.tags());
    }

    private static AwsResponse response(S3Call call, Bucket bucket, Upload upload, ObjectVersion version) {
        var xml = new Xml().open("CompleteMultipartUploadResult", S3Xml.NAMESPACE);
        xml.element(
                "Location",
                "http://" + call.request().headers().get("Host", "localhost")
                        + call.request().rawPath());
        xml.element("Bucket", bucket.name()).element("Key", upload.key()).element("ETag", version.quotedEtag());
        var checksum = version.checksum();
        if (checksum != null) {
            xml.element(checksum.algorithm().element(), checksum.value());
            xml.element("ChecksumType", checksum.type().name());
        }
        var response = S3Xml.answer(xml.close());
        ObjectHeaders.describeEncryption(response, upload.metadata().encryption());
        return response.with("x-amz-version-id", ObjectHeaders.versionId(version, bucket));
    }
}
