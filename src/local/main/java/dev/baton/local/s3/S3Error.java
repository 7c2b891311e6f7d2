package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.HttpDate;
import java.util.List;

/// The errors of S3, in its words.
final class S3Error {
    private S3Error() {}

    static AwsError noSuchBucket(String bucket) {
        return new AwsError(404, "NoSuchBucket", "The specified bucket does not exist").with("BucketName", bucket);
    }

    static AwsError noSuchKey(String key) {
        return new AwsError(404, "NoSuchKey", "The specified key does not exist.").with("Key", key);
    }

    static AwsError noSuchVersion(String key, String id) {
        return new AwsError(404, "NoSuchVersion", "The specified version does not exist.")
                .with("Key", key)
                .with("VersionId", id);
    }

    static AwsError noSuchUpload(String id) {
        return new AwsError(
                        404,
                        "NoSuchUpload",
                        "The specified upload does not exist. The upload ID may be invalid, or the upload may have "
                                + "been aborted or completed.")
                .with("UploadId", id);
    }

    static AwsError invalidBucketName(String name) {
        return new AwsError(400, "InvalidBucketName", "The specified bucket is not valid.").with("BucketName", name);
    }

    static AwsError preconditionFailed(String condition) {
        return new AwsError(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
                .with("Condition", condition);
    }

    static AwsError conflict(String condition, String key) {
        return new AwsError(
                        409,
                        "ConditionalRequestConflict",
                        "The conditional request cannot succeed due to a conflicting operation against this resource.")
                .with("Condition", condition)
                .with("Key", key);
    }

    /// With what a cache goes on by (RFC 9110, 15.4.5).
    static AwsError notModified(ObjectVersion version) {
        var error = new AwsError(304, "NotModified", "Not Modified")
                .withHeader("ETag", version.quotedEtag())
                .withHeader("Last-Modified", HttpDate.of(version.modified()));
        for (var name : List.of("Cache-Control", "Expires")) {
            var value = version.metadata().system().get(name);
            error = value == null ? error : error.withHeader(name, value);
        }
        return error;
    }

    static AwsError noAcls() {
        return new AwsError(400, "AccessControlListNotSupported", "The bucket does not allow ACLs");
    }

    static AwsError archived(ObjectVersion version) {
        return new AwsError(403, "InvalidObjectState", "The operation is not valid for the object's storage class")
                .with("StorageClass", version.metadata().storageClass());
    }

    static AwsError invalidArgument(String message, String name, String value) {
        return new AwsError(400, "InvalidArgument", message)
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
    }

    static AwsError invalidRequest(String message) {
        return new AwsError(400, "InvalidRequest", message);
    }

    static AwsError malformedXml() {
        return new AwsError(
                400,
                "MalformedXML",
                "The XML you provided was not well-formed or did not validate against our published schema");
    }

    static AwsError badDigest(String what) {
        return new AwsError(400, "BadDigest", "The " + what + " you specified did not match the calculated checksum.");
    }

    static AwsError entityTooLarge(long size, long limit) {
        return new AwsError(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
                .with("ProposedSize", Long.toString(size))
                .with("MaxSizeAllowed", Long.toString(limit));
    }

    static AwsError incompleteBody() {
        return new AwsError(
                400,
                "IncompleteBody",
                "You did not provide the number of bytes specified by the Content-Length HTTP header");
    }

    static AwsError notImplemented(String what) {
        return new AwsError(
                501,
                "NotImplemented",
                "A header or query you provided implies functionality that is not implemented: " + what + ".");
    }

    static AwsError methodNotAllowed(String method) {
        return new AwsError(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
                .with("Method", method);
    }
}
