package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Headers;
import dev.baton.local.http.HttpDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The headers about an object, both ways.
final class ObjectHeaders {
    private static final List<String> SYSTEM = List.of(
            "Content-Type",
            "Cache-Control",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Language",
            "Expires",
            "x-amz-website-redirect-location");
    private static final List<String> STORAGE_CLASSES = List.of(
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER",
            "DEEP_ARCHIVE",
            "GLACIER_IR");
    private static final String USER = "x-amz-meta-";
    private static final int MAX_USER_BYTES = 2 << 10;
    private static final List<String> GRANTS = List.of(
            "x-amz-grant-full-control",
            "x-amz-grant-read",
            "x-amz-grant-read-acp",
            "x-amz-grant-write",
            "x-amz-grant-write-acp");

    private ObjectHeaders() {}

    /// What a write says about its object.
    ///
    /// @param honoured headers that are refused elsewhere, and read by the operation
    static Metadata metadata(Headers headers, Bucket bucket, Set<String> honoured) {
        RequestHeaders.check(headers, honoured);
        checkAcl(headers);
        var system = new LinkedHashMap<String, String>();
        for (var name : SYSTEM) {
            var value = headers.get(name);
            if (value != null) {
                var kept = name.equals("Content-Encoding") ? withoutAwsChunked(value) : value;
                if (!kept.isEmpty()) {
                    system.put(name, kept);
                }
            }
        }
        var storageClass = headers.get("x-amz-storage-class", "STANDARD");
        if (!STORAGE_CLASSES.contains(storageClass)) {
            throw new AwsError(400, "InvalidStorageClass", "The storage class you specified is not valid");
        }
        return new Metadata(system, user(headers), encryption(headers, bucket), storageClass);
    }

    static void checkAcl(Headers headers) {
        var acl = headers.get("x-amz-acl");
        if (acl != null && !acl.equals("bucket-owner-full-control") && !acl.equals("private")) {
            throw S3Error.noAcls();
        }
        if (hasGrants(headers)) {
            throw S3Error.noAcls();
        }
    }

    static boolean hasGrants(Headers headers) {
        return GRANTS.stream().anyMatch(headers::has);
    }

    private static String withoutAwsChunked(String encodings) {
        if (!encodings.toLowerCase(Locale.ROOT).contains("aws-chunked")) {
            return encodings;
        }
        var kept = new ArrayList<String>();
        for (var encoding : encodings.split(",")) {
            if (!encoding.strip().equalsIgnoreCase("aws-chunked") && !encoding.isBlank()) {
                kept.add(encoding.strip());
            }
        }
        return String.join(",", kept);
    }

    private static Map<String, String> user(Headers headers) {
        var user = new LinkedHashMap<String, String>();
        headers.each((name, value) -> {
            if (name.regionMatches(true, 0, USER, 0, USER.length())) {
                user.merge(name.substring(USER.length()).toLowerCase(Locale.ROOT), value, (a, b) -> a + "," + b);
            }
        });
        int size = 0;
        for (var entry : user.entrySet()) {
            size += entry.getKey().length() + entry.getValue().length();
        }
        if (size > MAX_USER_BYTES) {
            throw new AwsError(
                            400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
                    .with("Size", Integer.toString(size))
                    .with("MaxSizeAllowed", Integer.toString(MAX_USER_BYTES));
        }
        return user;
    }

    /// What the request asks for, else the bucket's default.
    static Encryption encryption(Headers headers, Bucket bucket) {
        var algorithm = headers.get("x-amz-server-side-encryption");
        var keyId = headers.get("x-amz-server-side-encryption-aws-kms-key-id");
        var bucketKey = headers.get("x-amz-server-side-encryption-bucket-key-enabled");
        if (algorithm == null) {
            if (keyId != null) {
                throw S3Error.invalidArgument(
                        "The encryption method specified is not supported", "x-amz-server-side-encryption", "");
            }
            return BucketEncryption.of(bucket);
        }
        if (!algorithm.equals("AES256") && !algorithm.equals("aws:kms") && !algorithm.equals("aws:kms:dsse")) {
            throw S3Error.invalidArgument(
                    "The encryption method specified is not supported", "x-amz-server-side-encryption", algorithm);
        }
        if (algorithm.equals("AES256") && keyId != null) {
            throw S3Error.invalidArgument(
                    "Server Side Encryption with AWS KMS managed key requires HTTP header "
                            + "x-amz-server-side-encryption : aws:kms",
                    "x-amz-server-side-encryption",
                    algorithm);
        }
        var byDefault = BucketEncryption.of(bucket);
        boolean usesBucketKey = bucketKey == null ? byDefault.bucketKey() : bucketKey.equalsIgnoreCase("true");
        if (algorithm.equals("AES256")) {
            return Encryption.S3_MANAGED;
        }
        return new Encryption(algorithm, keyId == null && byDefault.isKms() ? byDefault.keyId() : keyId, usesBucketKey);
    }

    /// The headers of an object that is read.
    static void describe(AwsResponse response, ObjectVersion version, Bucket bucket) {
        response.with("Last-Modified", HttpDate.of(version.modified()));
        response.with("ETag", version.quotedEtag());
        response.with("Accept-Ranges", "bytes");
        version.metadata().system().forEach(response::with);
        if (!version.metadata().system().containsKey("Content-Type")) {
            response.with("Content-Type", "binary/octet-stream");
        }
        version.metadata().user().forEach((name, value) -> response.with(USER + name, value));
        if (!version.metadata().storageClass().equals("STANDARD")) {
            response.with("x-amz-storage-class", version.metadata().storageClass());
        }
        if (!version.tags().isEmpty()) {
            response.with("x-amz-tagging-count", Integer.toString(version.tags().size()));
        }
        describeEncryption(response, version.metadata().encryption());
        response.with("x-amz-version-id", versionId(version, bucket));
    }

    static void describeEncryption(AwsResponse response, Encryption encryption) {
        response.with("x-amz-server-side-encryption", encryption.algorithm());
        response.with("x-amz-server-side-encryption-aws-kms-key-id", encryption.keyId());
        if (encryption.bucketKey() && encryption.isKms()) {
            response.with("x-amz-server-side-encryption-bucket-key-enabled", "true");
        }
    }

    static void describeChecksum(AwsResponse response, @Nullable Checksum checksum) {
        if (checksum != null) {
            response.with(checksum.algorithm().header(), checksum.value());
            response.with("x-amz-checksum-type", checksum.type().name());
        }
    }

    /// Absent in a bucket that never knew versions.
    static @Nullable String versionId(ObjectVersion version, Bucket bucket) {
        return bucket.knowsVersions() ? version.id() : null;
    }
}
