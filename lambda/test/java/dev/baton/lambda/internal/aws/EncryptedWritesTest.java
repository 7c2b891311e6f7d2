package dev.baton.lambda.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

class EncryptedWritesTest {
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/lake";
    private static final EncryptedWrites WRITES = new EncryptedWrites(Map.of("lake", KEY));

    @Test
    void every_way_to_write_names_the_key_of_the_bucket() {
        var put = (PutObjectRequest)
                sent(PutObjectRequest.builder().bucket("lake").key("k").build());
        assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
        assertThat(put.ssekmsKeyId()).isEqualTo(KEY);
        var begin = (CreateMultipartUploadRequest) sent(
                CreateMultipartUploadRequest.builder().bucket("lake").key("k").build());
        assertThat(begin.ssekmsKeyId()).isEqualTo(KEY);
        var copy = (CopyObjectRequest) sent(CopyObjectRequest.builder()
                .sourceBucket("other")
                .sourceKey("k")
                .destinationBucket("lake")
                .destinationKey("k")
                .build());
        assertThat(copy.ssekmsKeyId()).isEqualTo(KEY);
    }

    @Test
    void who_names_an_encryption_and_whoever_writes_elsewhere_is_left_alone() {
        var own = PutObjectRequest.builder()
                .bucket("lake")
                .key("k")
                .serverSideEncryption(ServerSideEncryption.AES256)
                .build();
        assertThat(sent(own)).isSameAs(own);
        var elsewhere = PutObjectRequest.builder().bucket("other").key("k").build();
        assertThat(sent(elsewhere)).isSameAs(elsewhere);
        var read = GetObjectRequest.builder().bucket("lake").key("k").build();
        assertThat(sent(read)).isSameAs(read);
    }

    @Test
    void keys_are_told_by_the_real_names_of_buckets() {
        var environment = new FunctionEnvironment(Map.of(
                "BATON_BUCKETS",
                "{\"lake\": \"acme-lake\"}",
                "BATON_KEYS",
                "{\"lake\": \"" + KEY + "\", \"gone\": \"x\"}"));
        assertThat(environment.keys()).isEqualTo(Map.of("acme-lake", KEY));
    }

    private static SdkRequest sent(SdkRequest request) {
        return WRITES.modifyRequest(
                InterceptorContext.builder().request(request).build(), new ExecutionAttributes());
    }
}
