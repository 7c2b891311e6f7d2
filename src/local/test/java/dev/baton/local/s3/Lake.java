package dev.baton.local.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.http.Signing;
import java.net.URI;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A bucket, `lake`, of an embedded AWS of its own.
final class Lake implements AutoCloseable {
    private final EmbeddedAws aws = EmbeddedAws.start();
    private final Clients clients = new Clients(aws);

    Lake() {
        s3().createBucket(create -> create.bucket("lake"));
    }

    S3Client s3() {
        return clients.s3();
    }

    KmsClient kms() {
        return clients.kms();
    }

    URI endpoint() {
        return aws.endpoint();
    }

    /// For requests that no client of the SDK sends.
    Signing signing() {
        return new Signing(aws.endpoint(), aws.administrator(), "s3");
    }

    /// @return the ETag
    String put(String key, String content) {
        return s3().putObject(put -> put.bucket("lake").key(key), RequestBody.fromString(content))
                .eTag();
    }

    String get(String key) {
        return s3().getObjectAsBytes(get -> get.bucket("lake").key(key)).asUtf8String();
    }

    static void refused(int status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    @Override
    public void close() {
        clients.close();
        aws.close();
    }
}
