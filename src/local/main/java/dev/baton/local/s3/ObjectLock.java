package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.Headers;
import dev.baton.local.http.Xml;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The retention of versions in compliance mode: until its end nobody deletes them, whoever it is.
///
/// See [Locking objects with Object Lock](https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html).
final class ObjectLock {
    static final String MODE = "x-amz-object-lock-mode";
    static final String UNTIL = "x-amz-object-lock-retain-until-date";

    /// The headers that say it, of a write and of an object that is read.
    static final Set<String> HEADERS = Set.of(MODE, UNTIL);

    /// The setting of a bucket that was made with it.
    static final String ENABLED = new Xml()
            .open("ObjectLockConfiguration", S3Xml.NAMESPACE)
            .element("ObjectLockEnabled", "Enabled")
            .close()
            .toString();

    private ObjectLock() {}

    /// The setting of a bucket, checked.
    ///
    /// @throws AwsError `MalformedXML`, `InvalidBucketState`, `NotImplemented`
    static void check(byte[] document, Bucket bucket) {
        var xml = XmlElement.parse(document, "ObjectLockConfiguration");
        if (!"Enabled".equals(xml.require("ObjectLockEnabled"))) {
            throw S3Error.malformedXml();
        }
        if (xml.child("Rule") != null) {
            throw S3Error.notImplemented("a default retention of a bucket");
        }
        if (!bucket.keepsVersions()) {
            throw new AwsError(
                    409,
                    "InvalidBucketState",
                    "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
        }
    }

    /// Whether a write asks for it.
    static boolean isAsked(Headers headers) {
        return HEADERS.stream().anyMatch(headers::has);
    }

    /// What a write says of its version, by the names of headers.
    ///
    /// @throws AwsError `InvalidRequest`, `InvalidArgument`, `NotImplemented`
    static Map<String, String> of(Headers headers, Bucket bucket, Instant now) {
        var mode = headers.get(MODE);
        var until = headers.get(UNTIL);
        if (mode == null && until == null) {
            return Map.of();
        }
        if (mode == null || until == null) {
            throw S3Error.invalidArgument(
                    UNTIL + " and " + MODE + " must both be supplied", mode == null ? MODE : UNTIL, "null");
        }
        if (bucket.setting(BucketSetting.OBJECT_LOCK) == null) {
            throw S3Error.invalidRequest("Bucket is missing Object Lock Configuration");
        }
        if (!List.of("COMPLIANCE", "GOVERNANCE").contains(mode)) {
            throw S3Error.invalidArgument("Unknown wormMode directive.", MODE, mode);
        }
        if (mode.equals("GOVERNANCE")) {
            throw S3Error.notImplemented("retention in governance mode");
        }
        try {
            if (!OffsetDateTime.parse(until).toInstant().isAfter(now)) {
                throw S3Error.invalidArgument("The retain until date must be in the future!", UNTIL, until);
            }
        } catch (DateTimeException e) {
            throw S3Error.invalidArgument("The retain until date must be provided in ISO 8601 format", UNTIL, until);
        }
        var kept = new LinkedHashMap<String, String>();
        kept.put(MODE, mode);
        kept.put(UNTIL, until);
        return kept;
    }

    /// @throws AwsError `AccessDenied` where the version is to be kept
    static void checkRemoval(ObjectVersion version, Instant now) {
        if (version.deleteMarker()) {
            return;
        }
        var until = version.metadata().system().get(UNTIL);
        if (until != null && OffsetDateTime.parse(until).toInstant().isAfter(now)) {
            throw new AwsError(403, "AccessDenied", "Access Denied because object protected by object lock.");
        }
    }
}
