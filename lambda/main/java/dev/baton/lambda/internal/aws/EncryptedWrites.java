package dev.baton.lambda.internal.aws;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// Says of every object that is written what it is encrypted with: the key of its bucket. The role of a task allows no
/// other writes, and no task knows a key.
public final class EncryptedWrites implements ExecutionInterceptor {
    private final Map<String, String> keys;

    /// @param keys the ARNs of the KMS keys by the real names of the buckets; elsewhere the bucket's default decides
    public EncryptedWrites(Map<String, String> keys) {
        this.keys = Map.copyOf(keys);
    }

    /// No `switch` over types: each JVM would make it anew.
    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        var request = context.request();
        if (request instanceof PutObjectRequest put) {
            return put(put, key(put.bucket(), put.serverSideEncryption()));
        }
        if (request instanceof CreateMultipartUploadRequest begin) {
            return begin(begin, key(begin.bucket(), begin.serverSideEncryption()));
        }
        return request instanceof CopyObjectRequest copy
                ? copy(copy, key(copy.destinationBucket(), copy.serverSideEncryption()))
                : request;
    }

    private static SdkRequest put(PutObjectRequest put, @Nullable String key) {
        return key == null
                ? put
                : put.toBuilder()
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key)
                        .build();
    }

    private static SdkRequest begin(CreateMultipartUploadRequest begin, @Nullable String key) {
        return key == null
                ? begin
                : begin.toBuilder()
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key)
                        .build();
    }

    private static SdkRequest copy(CopyObjectRequest copy, @Nullable String key) {
        return key == null
                ? copy
                : copy.toBuilder()
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(key)
                        .build();
    }

    /// The key to name, or null where the request names its encryption itself or the bucket is none of ours.
    private @Nullable String key(String bucket, @Nullable ServerSideEncryption said) {
        return said == null ? keys.get(bucket) : null;
    }
}
