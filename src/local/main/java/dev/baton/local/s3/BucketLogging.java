package dev.baton.local.s3;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where a bucket's access log goes.
///
/// See [PutBucketLogging](https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html).
///
/// @param target the bucket that logs are delivered to
/// @param prefix of their keys
/// @param isPartitioned whether account, Region, bucket and day stand behind it
record BucketLogging(String target, String prefix, boolean isPartitioned) {

    /// What a bucket was told; nothing where it logs nothing.
    static @Nullable BucketLogging of(Bucket bucket) {
        var document = bucket.setting(BucketSetting.LOGGING);
        return document == null ? null : parse(document.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads a `BucketLoggingStatus`; nothing where it has no `LoggingEnabled`.
    ///
    /// @throws dev.baton.local.http.AwsError `MalformedXML`, `AccessControlListNotSupported`
    static @Nullable BucketLogging parse(byte[] document) {
        var enabled = XmlElement.parse(document, "BucketLoggingStatus").child("LoggingEnabled");
        if (enabled == null) {
            return null;
        }
        var target = enabled.require("TargetBucket");
        var prefix = enabled.get("TargetPrefix");
        if (prefix == null) {
            throw S3Error.malformedXml();
        }
        if (enabled.child("TargetGrants") != null) {
            throw S3Error.noAcls();
        }
        return new BucketLogging(target, prefix, isPartitioned(enabled.child("TargetObjectKeyFormat")));
    }

    private static boolean isPartitioned(@Nullable XmlElement format) {
        if (format == null) {
            return false;
        }
        var partitioned = format.child("PartitionedPrefix");
        if ((partitioned == null) == (format.child("SimplePrefix") == null)) {
            throw S3Error.malformedXml();
        }
        if (partitioned == null) {
            return false;
        }
        var source = partitioned.get("PartitionDateSource");
        if (source != null && !source.equals("DeliveryTime")) {
            throw source.equals("EventTime")
                    ? S3Error.notImplemented("logs by the time of events")
                    : S3Error.malformedXml();
        }
        return true;
    }
}
