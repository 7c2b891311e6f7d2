package dev.baton.lambda.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.local.EmbeddedAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Conditional writes over the wire.
class S3AccessTest {
    private static final EmbeddedAws AWS = EmbeddedAws.start();
    private static final StaticCredentialsProvider ADMINISTRATOR =
            StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    AWS.administrator().accessKeyId(), AWS.administrator().secretAccessKey()));
    private static final S3Client CLIENT = S3Client.builder()
            .region(Region.of(AWS.account().region()))
            .endpointOverride(AWS.endpoint())
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(Apache5HttpClient.create())
            .forcePathStyle(true)
            .build();
    private static final ServiceClients CLIENTS = new ServiceClients(new FunctionEnvironment(Map.of(
            "AWS_REGION",
            AWS.account().region(),
            "AWS_ENDPOINT_URL",
            AWS.endpoint().toString())));
    private static final S3Access S3 = new S3Access(CLIENTS, ADMINISTRATOR);
    private static final String BUCKET = "bucket";

    static {
        CLIENT.createBucket(r -> r.bucket(BUCKET).overrideConfiguration(o -> o.credentialsProvider(ADMINISTRATOR)));
        CLIENT.putBucketVersioning(r -> r.bucket(BUCKET)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED))
                .overrideConfiguration(o -> o.credentialsProvider(ADMINISTRATOR)));
    }

    @AfterAll
    static void stop() {
        CLIENT.close();
        AWS.close();
    }

    private static WriteResult write(String key, String content, Precondition precondition) {
        return S3.write(BUCKET, key, content.getBytes(StandardCharsets.UTF_8), "text/plain", Map.of(), precondition);
    }

    @Test
    void what_was_not_there_is_written_once() {
        assertThat(S3.find(BUCKET, "once")).isNull();
        assertThat(write("once", "1", new Precondition.Absent())).isInstanceOf(WriteResult.Written.class);
        assertThat(write("once", "2", new Precondition.Absent())).isInstanceOf(WriteResult.Changed.class);
        assertThat(S3.read(BUCKET, "once", null).bytes()).asString().isEqualTo("1");
    }

    @Test
    void what_changed_or_vanished_since_it_was_seen_is_not_written_over() {
        write("seen", "1", new Precondition.Absent());
        var seen = S3.find(BUCKET, "seen");
        write("seen", "2", new Precondition.Anything());

        assertThat(write("seen", "3", Precondition.asSeen(seen))).isInstanceOf(WriteResult.Changed.class);
        assertThat(write("seen", "3", Precondition.asSeen(S3.find(BUCKET, "seen"))))
                .isInstanceOf(WriteResult.Written.class);
        assertThat(write("never", "1", new Precondition.Unchanged("\"0\""))).isInstanceOf(WriteResult.Changed.class);
    }

    @Test
    void a_missing_bucket_is_no_missing_object() {
        assertThatThrownBy(() -> S3.write(
                        "no-such-bucket",
                        "k",
                        new byte[1],
                        "text/plain",
                        Map.of(),
                        new Precondition.Unchanged("\"0\"")))
                .isInstanceOf(S3Exception.class);
    }

    @Test
    void who_may_do_nothing_is_refused_and_told_nothing_of_what_is_there() {
        var nobody = new S3Access(CLIENTS, AnonymousCredentialsProvider.create());

        assertThatThrownBy(() -> nobody.find(BUCKET, "anything"))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    @Test
    void what_is_large_goes_in_parts_and_only_the_last_request_decides() throws IOException {
        var spool = new Spool(1 << 20);
        var block = new byte[1 << 20];
        for (var i = 0; i < 65; i++) {
            Arrays.fill(block, (byte) i);
            spool.write(block);
        }
        var content = spool.finish();
        assertThat(content.size()).isGreaterThan(MultipartWrite.THRESHOLD);

        var written = S3.write(BUCKET, "large", content, "text/plain", Map.of("a", "b"), new Precondition.Absent());
        assertThat(written).isInstanceOf(WriteResult.Written.class);
        var found = S3.find(BUCKET, "large");
        assertThat(found.sha256()).isEqualTo(content.sha256());
        assertThat(found.size()).isEqualTo(content.size());
        assertThat(found.metadata()).containsEntry("a", "b");
        assertThat(S3.write(BUCKET, "large", content, "text/plain", Map.of(), new Precondition.Absent()))
                .isInstanceOf(WriteResult.Changed.class);
        assertThat(CLIENT.listMultipartUploads(
                                r -> r.bucket(BUCKET).overrideConfiguration(o -> o.credentialsProvider(ADMINISTRATOR)))
                        .uploads())
                .isEmpty();
        content.discard();
    }
}
