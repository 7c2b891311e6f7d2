package dev.baton.local.s3;

import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.PercentCode;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// ListParts and ListMultipartUploads.
record UploadListings(S3Context store) {
    private static final int MAX_LISTED = 1_000;

    List<ApiOperation<S3Route>> all() {
        return List.of(
                ApiOperation.reading(
                        "ListParts",
                        S3Route.of("GET /{Bucket}/{Key+}?uploadId", this::parts),
                        "ListMultipartUploadParts"),
                ApiOperation.reading(
                        "ListMultipartUploads",
                        S3Route.of("GET /{Bucket}?uploads", this::uploads),
                        "ListBucketMultipartUploads"));
    }

    AwsResponse parts(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnKey(call, "s3:ListMultipartUploadParts", bucket, call.key());
        var upload = UploadActions.find(bucket, call);
        var query = call.request().query();
        int marker = WholeNumbers.parse(
                query.get("part-number-marker", "0"), "part-number-marker", 0, UploadActions.MAX_PART_NUMBER);
        int max = WholeNumbers.parseAtMost(query.get("max-parts", "1000"), "max-parts", MAX_LISTED);
        var after = upload.parts().tailMap(marker, false).values();
        var page = after.stream().limit(max).toList();
        var xml = new Xml().open("ListPartsResult", S3Xml.NAMESPACE);
        xml.element("Bucket", bucket.name()).element("Key", call.key()).element("UploadId", upload.id());
        S3Xml.owner(xml, "Initiator", store.account);
        S3Xml.owner(xml, "Owner", store.account);
        xml.element("StorageClass", upload.metadata().storageClass()).element("PartNumberMarker", marker);
        xml.element("NextPartNumberMarker", page.isEmpty() ? 0 : page.getLast().number());
        xml.element("MaxParts", max).element("IsTruncated", page.size() < after.size());
        var algorithm = upload.checksumAlgorithm();
        if (algorithm != null) {
            xml.element("ChecksumAlgorithm", algorithm.name());
            xml.element("ChecksumType", upload.type().name());
        }
        for (var part : page) {
            xml.open("Part").element("PartNumber", part.number());
            xml.element("LastModified", S3Xml.date(part.modified())).element("ETag", '"' + part.etag() + '"');
            xml.element("Size", part.size());
            xml.element(part.checksum().algorithm().element(), part.checksum().value())
                    .close();
        }
        return S3Xml.answer(xml.close());
    }

    AwsResponse uploads(S3Call call) {
        var bucket = store.bucket(call);
        store.permissions.requireOnBucket(call, bucket);
        var query = call.request().query();
        var prefix = query.get("prefix", "");
        var delimiter = query.get("delimiter", "");
        var keyMarker = query.get("key-marker", "");
        var idMarker = query.get("upload-id-marker", "");
        boolean coded = query.has("encoding-type");
        int max = WholeNumbers.parseAtMost(query.get("max-uploads", "1000"), "max-uploads", MAX_LISTED);
        var sorted = bucket.uploads.values().stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .filter(upload -> isAfter(upload, keyMarker, idMarker))
                .sorted(Comparator.comparing(Upload::key, KeyOrder.UTF_8).thenComparing(Upload::id))
                .toList();
        var uploads = new ArrayList<Upload>();
        var prefixes = new TreeSet<>(KeyOrder.UTF_8);
        Upload last = null;
        boolean truncated = false;
        for (var upload : sorted) {
            int end = delimiter.isEmpty() ? -1 : upload.key().indexOf(delimiter, prefix.length());
            var common = end < 0 ? null : upload.key().substring(0, end + delimiter.length());
            if (common != null && prefixes.contains(common)) {
                continue;
            }
            if (uploads.size() + prefixes.size() == max) {
                truncated = true;
                break;
            }
            last = upload;
            if (common == null) {
                uploads.add(upload);
            } else {
                prefixes.add(common);
            }
        }
        var xml = new Xml().open("ListMultipartUploadsResult", S3Xml.NAMESPACE);
        xml.element("Bucket", bucket.name()).element("KeyMarker", text(keyMarker, coded));
        xml.element("UploadIdMarker", idMarker).element("Prefix", text(prefix, coded));
        xml.element("NextKeyMarker", last == null ? "" : text(last.key(), coded));
        xml.element("NextUploadIdMarker", last == null ? "" : last.id());
        if (!delimiter.isEmpty()) {
            xml.element("Delimiter", text(delimiter, coded));
        }
        xml.elementIf("EncodingType", query.get("encoding-type"));
        xml.element("MaxUploads", max).element("IsTruncated", truncated);
        for (var upload : uploads) {
            xml.open("Upload").element("Key", text(upload.key(), coded)).element("UploadId", upload.id());
            S3Xml.owner(xml, "Initiator", store.account);
            S3Xml.owner(xml, "Owner", store.account);
            xml.element("StorageClass", upload.metadata().storageClass());
            xml.element("Initiated", S3Xml.date(upload.begun())).close();
        }
        for (var common : prefixes) {
            xml.open("CommonPrefixes").element("Prefix", text(common, coded)).close();
        }
        return S3Xml.answer(xml.close());
    }

    private static boolean isAfter(Upload upload, String keyMarker, String idMarker) {
        if (keyMarker.isEmpty()) {
            return true;
        }
        int order = KeyOrder.UTF_8.compare(upload.key(), keyMarker);
        return order > 0 || order == 0 && !idMarker.isEmpty() && upload.id().compareTo(idMarker) > 0;
    }

    private static String text(String text, boolean coded) {
        if (!coded) {
            return text;
        }
        var into = new StringBuilder();
        PercentCode.encode(text, true, into);
        return into.toString();
    }
}
