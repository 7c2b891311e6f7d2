package dev.baton.local.s3;

import dev.baton.local.http.AwsError;
import dev.baton.local.http.AwsResponse;
import dev.baton.local.http.Xml;
import dev.baton.local.service.ApiOperation;
import java.util.Arrays;
import java.util.List;

/// The settings that cannot be made here, and what a bucket answers about them: that there are none, as S3 answers for
/// a new bucket. Tools that look before they change something need that; changes are refused with `NotImplemented`.
enum AbsentSettings {
    ACCELERATE("accelerate", "GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
    CORS("cors", "GetBucketCors", "GetBucketCORS"),
    LIFECYCLE("lifecycle", "GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
    REPLICATION("replication", "GetBucketReplication", "GetReplicationConfiguration"),
    REQUEST_PAYMENT("requestPayment", "GetBucketRequestPayment", "GetBucketRequestPayment"),
    WEBSITE("website", "GetBucketWebsite", "GetBucketWebsite");

    private final String subresource;
    private final String operation;
    private final String right;

    AbsentSettings(String subresource, String operation, String right) {
        this.subresource = subresource;
        this.operation = operation;
        this.right = right;
    }

    static List<ApiOperation<S3Route>> all(S3Context store) {
        return Arrays.stream(values())
                .map(setting -> ApiOperation.reading(
                        setting.operation,
                        S3Route.of("GET /{Bucket}?" + setting.subresource, call -> setting.get(call, store)),
                        setting.right))
                .toList();
    }

    private AwsResponse get(S3Call call, S3Context store) {
        store.permissions.requireOnBucket(call, store.bucket(call));
        return switch (this) {
            case ACCELERATE -> empty("AccelerateConfiguration");
            case REQUEST_PAYMENT ->
                S3Xml.answer(new Xml()
                        .open("RequestPaymentConfiguration", S3Xml.NAMESPACE)
                        .element("Payer", "BucketOwner")
                        .close());
            case CORS -> throw none("NoSuchCORSConfiguration", "The CORS configuration does not exist");
            case LIFECYCLE -> throw none("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist");
            case REPLICATION ->
                throw none("ReplicationConfigurationNotFoundError", "The replication configuration was not found");
            case WEBSITE ->
                throw none("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration");
        };
    }

    private static AwsResponse empty(String root) {
        return S3Xml.answer(new Xml().open(root, S3Xml.NAMESPACE).close());
    }

    private static AwsError none(String code, String message) {
        return new AwsError(404, code, message);
    }
}
