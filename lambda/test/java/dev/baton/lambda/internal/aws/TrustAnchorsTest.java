package dev.baton.lambda.internal.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.baton.local.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/// Real handshakes with a server whose certificate only some trust.
class TrustAnchorsTest {
    @TempDir
    private static Path folder;

    private static Tls tls;
    private static HttpsServer server;

    @BeforeAll
    static void a_server_with_a_certificate_of_its_own() throws IOException {
        tls = Tls.throwAway(folder);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void the_server_ends() {
        server.stop(0);
    }

    @Test
    void whom_they_name_is_trusted() throws IOException {
        var anchors = trusting();
        anchors.begin();
        assertThat(status(anchors, "localhost")).isEqualTo(204);
        assertThat(anchors.getAcceptedIssuers()).isNotEmpty();
    }

    @Test
    void nobody_else_is() {
        // Those of this JVM: it does not know the server.
        var anchors = new TrustAnchors();
        anchors.begin();
        assertThatThrownBy(() -> status(anchors, "localhost"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unable to find valid certification path");
    }

    @Test
    void nor_a_known_certificate_under_a_name_that_it_does_not_bear() {
        var anchors = trusting();
        anchors.begin();
        assertThatThrownBy(() -> status(anchors, "somewhere.else.example"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("somewhere.else.example");
    }

    @Test
    void a_handshake_waits_for_them() throws Exception {
        var reads = new CountDownLatch(1);
        var anchors = new TrustAnchors(() -> {
            reads.await();
            return TrustAnchors.of(store());
        });
        anchors.begin();
        var status = CompletableFuture.supplyAsync(() -> {
            try {
                return status(anchors, "localhost");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> status.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        reads.countDown();
        assertThat(status.get(1, TimeUnit.MINUTES)).isEqualTo(204);
    }

    @Test
    void where_they_cannot_be_read_nobody_is_trusted_and_it_is_said_why() {
        var anchors = new TrustAnchors(() -> {
            throw new IOException("trust.p12 is not a key store");
        });
        anchors.begin();
        assertThatThrownBy(() -> status(anchors, "localhost"))
                .isInstanceOf(SSLException.class)
                .rootCause()
                .hasMessage("trust.p12 is not a key store");
        assertThatThrownBy(anchors::manager)
                .isInstanceOf(CertificateException.class)
                .hasMessageStartingWith("the JVM's trust anchors cannot be read: ");
    }

    private static TrustAnchors trusting() {
        return new TrustAnchors(() -> TrustAnchors.of(store()));
    }

    private static KeyStore store() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(tls.trustStore())) {
            store.load(in, null);
        }
        return store;
    }

    private static int status(TrustAnchors anchors, String host) throws IOException {
        try (var http = Apache5HttpClient.builder()
                .dnsResolver(new Loopback())
                .tlsTrustManagersProvider(() -> new TrustManager[] {anchors})
                .build()) {
            var request = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.GET)
                    .uri(URI.create("https://" + host + ":" + server.getAddress().getPort() + "/"))
                    .build();
            return http.prepareRequest(HttpExecuteRequest.builder().request(request).build())
                    .call()
                    .httpResponse()
                    .statusCode();
        }
    }

    /// Every name is this machine's.
    private static final class Loopback implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) {
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
