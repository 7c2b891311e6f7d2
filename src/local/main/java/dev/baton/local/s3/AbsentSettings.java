package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Xml;
import org.jspecify.annotations.Nullable;

/// What a bucket answers about settings that cannot be made here: that there are none, as S3 answers for a new bucket.
/// Tools that look before they change something need that; changes are refused with `NotImplemented`.
enum AbsentSettings {
    ACCELERATE("accelerate", "s3:GetAccelerateConfiguration"),
    CORS("cors", "s3:GetBucketCORS"),
    LIFECYCLE("lifecycle", "s3:GetLifecycleConfiguration"),
    LOGGING("logging", "s3:GetBucketLogging"),
    OBJECT_LOCK("object-lock", "s3:GetBucketObjectLockConfiguration"),
    REPLICATION("replication", "s3:GetReplicationConfiguration"),
    REQUEST_PAYMENT("requestPayment", "s3:GetBucketRequestPayment"),
    WEBSITE("website", "s3:GetBucketWebsite");

    private final String parameter;
    private final String action;

    AbsentSettings(String parameter, String action) {
        this.parameter = parameter;
        this.action = action;
    }

    /// Nothing where the request is not about one of these.
    static @Nullable AbsentSettings of(S3Call call) {
        for (var setting : values()) {
            if (call.query(setting.parameter) != null) {
                return setting;
            }
        }
        return null;
    }

    AwsResponse get(S3Call call, S3Context store) {
        store.permissions.requireOnBucket(call, action, store.bucket(call));
        return switch (this) {
            case ACCELERATE -> empty("AccelerateConfiguration");
            case LOGGING -> empty("BucketLoggingStatus");
            case REQUEST_PAYMENT ->
                S3.xml(new Xml()
                        .open("RequestPaymentConfiguration", S3.NAMESPACE)
                        .element("Payer", "BucketOwner")
                        .close());
            case CORS -> throw none("NoSuchCORSConfiguration", "The CORS configuration does not exist");
            case LIFECYCLE -> throw none("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
            case OBJECT_LOCK ->
                throw none(
                        "ObjectLockConfigurationNotFoundError",
                        "Object Lock configuration does not exist for this bucket");
            case REPLICATION ->
                throw none("ReplicationConfigurationNotFoundError", "The replication configuration was not found");
            case WEBSITE ->
                throw none("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration");
        };
    }

    private static AwsResponse empty(String root) {
        return S3.xml(new Xml().open(root, S3.NAMESPACE).close());
    }

    private static AwsError none(String code, String message) {
        return new AwsError(404, code, message);
    }
}
