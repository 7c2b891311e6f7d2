package dev.baton.lambda.internal.objects;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import dev.baton.lambda.internal.aws.ServiceClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/// What becomes of connections, with a pool that has one: who kept it would keep the next one waiting in vain.
class ConnectionsTest {
    private static final SdkHttpClient HTTP = Apache5HttpClient.builder()
            .maxConnections(1)
            .connectionAcquisitionTimeout(Duration.ofSeconds(1))
            .socketTimeout(Duration.ofSeconds(20))
            .build();

    @AfterAll
    static void stop() {
        HTTP.close();
    }

    private static S3Access s3(int port) {
        var environment = new FunctionEnvironment(
                Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port));
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "secret"));
        return new S3Access(new ServiceClients(environment, () -> HTTP), credentials);
    }

    /// A server of which each object answers with the status that its key says.
    private static HttpServer answering(Set<Integer> ports) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            var status = Integer.parseInt(exchange.getRequestURI().getPath().replaceFirst("^/bucket/?(.*)$", "0$1"));
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("ETag", "\"e\"");
            var text = "<Error><Code>AccessDenied</Code><Message>m</Message></Error>".getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().add("Content-Length", Integer.toString(text.length));
                exchange.sendResponseHeaders(status == 0 ? 200 : status, -1);
            } else {
                exchange.sendResponseHeaders(status == 0 ? 200 : status, text.length);
                exchange.getResponseBody().write(text);
            }
            exchange.close();
        });
        server.start();
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "301", "307", "400", "403", "404", "405", "409", "412", "501"})
    void every_answer_gives_its_connection_back(String status) throws IOException {
        var ports = new HashSet<Integer>();
        var server = answering(ports);
        try {
            var s3 = s3(server.getAddress().getPort());
            attempt(() -> s3.find("bucket", status));
            attempt(() -> s3.read("bucket", status, null));
            attempt(() -> {
                try (var in = s3.open("bucket", status, null)) {
                    in.readNBytes(60);
                }
            });
            attempt(() -> s3.write("bucket", status, new byte[1], "text/csv", Map.of(), new Precondition.Anything()));
            assertThat(ports).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void attempt(Call call) throws IOException {
        try {
            call.run();
        } catch (AwsServiceException e) {
            // Refusals are answers too.
        }
    }

    /// As S3 does with a precondition that does not hold.
    @Test
    void a_large_write_that_is_refused_at_once_reads_why() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var refusing = Thread.ofVirtual().start(() -> refuse(server));
            var large = new byte[32 << 20];
            assertThat(s3(server.getLocalPort())
                            .write("bucket", "k", large, "text/csv", Map.of(), new Precondition.Absent()))
                    .isInstanceOf(WriteResult.Changed.class);
            server.close();
            refusing.join();
        }
    }

    private static void refuse(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                var head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) socket.getInputStream().read());
                }
                socket.getOutputStream()
                        .write("HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The client is gone, or the test is over.
            }
        }
    }
}
