package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.http.HttpDate;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// GetObject, HeadObject and GetObjectAttributes.
record ReadActions(S3Context store) {
    private static final Map<String, String> OVERRIDES = Map.of(
            "response-content-type", "Content-Type",
            "response-content-language", "Content-Language",
            "response-expires", "Expires",
            "response-cache-control", "Cache-Control",
            "response-content-disposition", "Content-Disposition",
            "response-content-encoding", "Content-Encoding");

    private static final int MAX_ATTEMPTS = 5;

    List<ApiOperation<S3Route>> all() {
        return List.of(
                reading("GetObject", "GET /{Bucket}/{Key+}", call -> get(call, true)),
                reading("HeadObject", "HEAD /{Bucket}/{Key+}", call -> get(call, false)),
                reading(
                        "GetObjectAttributes",
                        "GET /{Bucket}/{Key+}?attributes",
                        this::attributes,
                        "GetObjectAttributes",
                        "GetObjectVersionAttributes"));
    }

    /// One that asks for leave to read the object after what it asks for first.
    private static ApiOperation<S3Route> reading(String name, String address, S3Route.Action action, String... first) {
        var read = Stream.of("GetObject", "GetObjectVersion", "ListBucket", "kms:Decrypt");
        return ApiOperation.reading(
                name,
                S3Route.of(address, action),
                Stream.concat(Arrays.stream(first), read).toArray(String[]::new));
    }

    /// GetObject, and HeadObject where the content is not wanted.
    AwsResponse get(S3Call call, boolean contentWanted) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return tryGet(call, contentWanted);
            } catch (NoSuchFileException e) {
                // Overwritten or deleted between look and reach: look again.
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private AwsResponse tryGet(S3Call call, boolean contentWanted) throws IOException {
        var bucket = store.bucket(call);
        var version = readable(call, bucket);
        Conditions.of(call.request().headers()).checkRead(version);
        if (contentWanted && version.metadata().isArchived()) {
            throw S3Error.archived(version);
        }
        checkOverrides(call);
        var part = partNumber(call, version);
        var range = part == null ? ByteRange.of(call.header("Range"), version.size()) : part.range();
        var response = new AwsResponse(
                range == null ? 200 : 206,
                new Headers(20),
                contentWanted ? body(version, range) : length(version, range));
        ObjectHeaders.describe(response, version, bucket);
        override(call, response);
        if (range != null) {
            response.with("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + version.size());
        }
        if (part != null && version.inParts()) {
            response.with(
                    "x-amz-mp-parts-count", Integer.toString(version.parts().size()));
        }
        if ("ENABLED".equalsIgnoreCase(call.header("x-amz-checksum-mode"))) {
            // A checksum of the whole says nothing about some of it, and SDKs would compare.
            if (range == null || range.length() == version.size()) {
                ObjectHeaders.describeChecksum(response, version.checksum());
            } else if (part != null) {
                ObjectHeaders.describeChecksum(response, part.part().checksum());
            }
        }
        return response;
    }

    /// Who may not read does not learn whether there is something.
    private ObjectVersion readable(S3Call call, Bucket bucket) {
        var id = call.versionId();
        var existing = id == null ? bucket.current(call.key()) : bucket.version(call.key(), id);
        store.permissions.requireOnKey(
                call, id == null ? "s3:GetObject" : "s3:GetObjectVersion", bucket, call.key(), existing, Map.of());
        if (id == null && existing == null) {
            var latest = bucket.latest(call.key());
            var error = store.permissions.missing(call, bucket, call.key(), S3Error.noSuchKey(call.key()));
            throw latest == null
                    ? error
                    : error.withHeader("x-amz-delete-marker", "true").withHeader("x-amz-version-id", latest.id());
        }
        var version = store.find(call, bucket);
        store.permissions.requireKms(call, "kms:Decrypt", version.metadata().encryption(), bucket, call.key());
        return version;
    }

    private AwsResponse.Body body(ObjectVersion version, @Nullable ByteRange range) throws IOException {
        long first = range == null ? 0 : range.first();
        long length = range == null ? version.size() : range.length();
        if (version.parts().size() == 1 && version.parts().getFirst().blob() instanceof Blob.InMemory(byte[] bytes)) {
            return new AwsResponse.Bytes(
                    length == bytes.length ? bytes : Arrays.copyOfRange(bytes, (int) first, (int) (first + length)));
        }
        // Opened now: a file that is deleted while it is sent is still sent to its end.
        var streams = open(version, first, length);
        return new AwsResponse.Stream(length, out -> send(streams, out));
    }

    private static AwsResponse.Body length(ObjectVersion version, @Nullable ByteRange range) {
        return new AwsResponse.Stream(range == null ? version.size() : range.length(), out -> {});
    }

    /// The streams of those parts that hold the bytes.
    private List<InputStream> open(ObjectVersion version, long first, long length) throws IOException {
        var streams = new ArrayList<InputStream>();
        long partStart = 0;
        try {
            for (var part : version.parts()) {
                long from = Math.max(first, partStart);
                long to = Math.min(first + length, partStart + part.size());
                if (from < to) {
                    streams.add(store.buckets.blobs().open(part.blob(), from - partStart, to - from));
                }
                partStart += part.size();
            }
            return streams;
        } catch (IOException e) {
            close(streams);
            throw e;
        }
    }

    private static void send(List<InputStream> streams, OutputStream out) throws IOException {
        try {
            var buffer = new byte[128 << 10];
            for (var stream : streams) {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    out.write(buffer, 0, count);
                }
            }
        } finally {
            close(streams);
        }
    }

    private static void close(List<InputStream> streams) throws IOException {
        for (var stream : streams) {
            stream.close();
        }
    }

    /// All bytes of an object, for those who copy it.
    InputStream whole(ObjectVersion version, long first, long length) throws IOException {
        return new SequenceInputStream(Collections.enumeration(open(version, first, length)));
    }

    private record Asked(Part part, ByteRange range) {}

    private static @Nullable Asked partNumber(S3Call call, ObjectVersion version) {
        var asked = call.query("partNumber");
        if (asked == null) {
            return null;
        }
        if (call.header("Range") != null) {
            throw S3Error.invalidRequest("Cannot specify both Range header and partNumber query parameter");
        }
        int number = WholeNumbers.parse(asked, "partNumber", 1, 10_000);
        long start = 0;
        int position = 1;
        for (var part : version.parts()) {
            // Parts of a finished object are counted anew from 1.
            if (position++ == number) {
                return part.size() == 0 ? null : new Asked(part, new ByteRange(start, start + part.size() - 1));
            }
            start += part.size();
        }
        throw new AwsError(416, "InvalidPartNumber", "The requested partnumber is not satisfiable")
                .with("ActualPartCount", Integer.toString(version.parts().size()))
                .with("PartNumberRequested", asked);
    }

    /// Whoever signs nothing could else make of an object what its owner never served.
    private static void checkOverrides(S3Call call) {
        if (call.request().signed().accessKeyId().isEmpty()
                && OVERRIDES.keySet().stream().anyMatch(parameter -> call.query(parameter) != null)) {
            throw S3Error.invalidRequest(
                    "Request specific response headers cannot be used for anonymous GET requests.");
        }
    }

    private static void override(S3Call call, AwsResponse response) {
        OVERRIDES.forEach((parameter, header) -> {
            var value = call.query(parameter);
            if (value != null) {
                response.headers().set(header, value);
            }
        });
    }

    AwsResponse attributes(S3Call call) {
        var bucket = store.bucket(call);
        boolean versioned = call.versionId() != null;
        var key = call.key();
        store.permissions.requireOnKey(
                call, versioned ? "s3:GetObjectVersionAttributes" : "s3:GetObjectAttributes", bucket, key);
        var version = readable(call, bucket);
        var wanted = List.of(String.join(",", call.request().headers().all("x-amz-object-attributes"))
                .split("\\s*,\\s*"));
        var xml = new Xml().open("GetObjectAttributesResponse", S3Xml.NAMESPACE);
        if (wanted.contains("ETag")) {
            xml.element("ETag", version.etag());
        }
        if (wanted.contains("Checksum")) {
            checksum(xml, "Checksum", version.checksum());
        }
        if (wanted.contains("ObjectParts") && version.inParts()) {
            parts(xml, call, version);
        }
        if (wanted.contains("StorageClass")) {
            xml.element("StorageClass", version.metadata().storageClass());
        }
        if (wanted.contains("ObjectSize")) {
            xml.element("ObjectSize", version.size());
        }
        return S3Xml.answer(xml.close())
                .with("Last-Modified", HttpDate.of(version.modified()))
                .with("x-amz-version-id", ObjectHeaders.versionId(version, bucket));
    }

    private static void checksum(Xml xml, String element, @Nullable Checksum checksum) {
        if (checksum != null) {
            xml.open(element);
            xml.element(checksum.algorithm().element(), checksum.value());
            xml.element("ChecksumType", checksum.type().name()).close();
        }
    }

    private static void parts(Xml xml, S3Call call, ObjectVersion version) {
        int marker = WholeNumbers.parse(
                call.request().headers().get("x-amz-part-number-marker", "0"), "part-number-marker", 0, 10_000);
        int max = WholeNumbers.parse(call.request().headers().get("x-amz-max-parts", "1000"), "max-parts", 0, 1_000);
        var page = version.parts().stream().skip(marker).limit(max).toList();
        int last = marker + page.size();
        xml.open("ObjectParts").element("PartsCount", version.parts().size());
        xml.element("PartNumberMarker", marker)
                .element("NextPartNumberMarker", last)
                .element("MaxParts", max);
        xml.element("IsTruncated", last < version.parts().size());
        int number = marker;
        for (var part : page) {
            xml.open("Part").element("PartNumber", ++number).element("Size", part.size());
            xml.element(part.checksum().algorithm().element(), part.checksum().value())
                    .close();
        }
        xml.close();
    }
}
