package dev.baton.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The endpoint over HTTPS, with a certificate that was made for it.
class TlsTest {
    @TempDir
    private static Path folder;

    private static EmbeddedAws aws;
    private static TrustManagerFactory trusting;

    @BeforeAll
    static void start() throws Exception {
        var tls = Tls.throwAway(folder);
        aws = EmbeddedAws.builder().tls(tls).start();
        var store = KeyStore.getInstance(tls.trustStore().toFile(), (char[]) null);
        trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusting.init(store);
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static S3Client s3(URI endpoint, boolean pathStyle, String secret) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(pathStyle)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(aws.administrator().accessKeyId(), secret)))
                .httpClient(Apache5HttpClient.builder()
                        .tlsTrustManagersProvider(trusting::getTrustManagers)
                        .dnsResolver(new SystemDefaultDnsResolver() {
                            @Override
                            public InetAddress[] resolve(String host) {
                                return new InetAddress[] {InetAddress.getLoopbackAddress()};
                            }
                        })
                        .build())
                .build();
    }

    private static S3Client s3() {
        return s3(aws.endpoint(), true, aws.administrator().secretAccessKey());
    }

    @Test
    void requests_signed_for_https_are_answered() {
        assertThat(aws.endpoint()).hasScheme("https");
        try (var s3 = s3()) {
            s3.createBucket(request -> request.bucket("lake"));
            var much = "0123456789".repeat(400_000);
            s3.putObject(request -> request.bucket("lake").key("much"), RequestBody.fromString(much));
            assertThat(s3.getObjectAsBytes(request -> request.bucket("lake").key("much"))
                            .asUtf8String())
                    .isEqualTo(much);
        }
        try (var forged = s3(aws.endpoint(), true, "not the secret")) {
            assertThatThrownBy(forged::listBuckets)
                    .isInstanceOfSatisfying(S3Exception.class, refused -> assertThat(
                                    refused.awsErrorDetails().errorCode())
                            .isEqualTo("SignatureDoesNotMatch"));
        }
    }

    @Test
    void a_bucket_may_stand_in_the_name_of_the_host() {
        var named = URI.create("https://s3.localhost:" + aws.endpoint().getPort());
        try (var s3 = s3(named, false, aws.administrator().secretAccessKey())) {
            s3.createBucket(request -> request.bucket("named"));
            s3.putObject(request -> request.bucket("named").key("k"), RequestBody.fromString("content"));
            assertThat(s3.getObjectAsBytes(request -> request.bucket("named").key("k"))
                            .asUtf8String())
                    .isEqualTo("content");
        }
    }

    @Test
    void who_does_not_know_the_certificate_does_not_talk_to_it() throws Exception {
        try (var socket = SSLContext.getDefault()
                .getSocketFactory()
                .createSocket("127.0.0.1", aws.endpoint().getPort())) {
            assertThatThrownBy(() -> socket.getOutputStream().write(1)).isInstanceOf(SSLHandshakeException.class);
        }
        requests_signed_for_https_are_answered_still();
    }

    private static void requests_signed_for_https_are_answered_still() {
        try (var s3 = s3()) {
            assertThat(s3.listBuckets().buckets()).isNotNull();
        }
    }

    @Test
    void plain_http_gets_no_http() throws IOException {
        try (var socket = new Socket("127.0.0.1", aws.endpoint().getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
            socket.getOutputStream().flush();
            // An alert of TLS, or nothing.
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP");
        } catch (SocketException e) {
            // Or the connection is cut.
            assertThat(e).hasMessageContaining("reset");
        }
        requests_signed_for_https_are_answered_still();
    }

    @Test
    void what_is_no_request_is_told_so_before_the_connection_ends() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, trusting.getTrustManagers(), null);
        try (var socket = context.getSocketFactory()
                .createSocket("127.0.0.1", aws.endpoint().getPort())) {
            socket.getOutputStream().write("NO REQUEST\r\n\r\n".getBytes());
            socket.getOutputStream().flush();
            var answer = new String(socket.getInputStream().readAllBytes());
            assertThat(answer).startsWith("HTTP/1.1 400");
        } catch (SSLException e) {
            throw new AssertionError("the answer was cut off", e);
        }
    }

    @Test
    void the_key_is_in_no_file() throws IOException {
        try (var inside = Files.walk(folder)) {
            assertThat(inside.filter(Files::isRegularFile).map(folder::relativize))
                    .containsExactlyInAnyOrder(Path.of("certificate.pem"), Path.of("trust.p12"));
        }
    }
}
