package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.baton.cli.deploy.read.EndpointDocuments;
import dev.baton.diagnostic.DiagnosticException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the commands say to an endpoint that is not AWS, and to one that is not an address.
class ForeignEndpointTest {
    private static final List<String> CALLS = List.of(
            "status",
            "start weather --year 2012",
            "stop x",
            "sweep",
            "gc",
            "drift",
            "diff local weather",
            "deploy local weather");

    @TempDir
    private static Path home;

    @BeforeEach
    void beSomebody() throws IOException {
        System.setProperty("aws.accessKeyId", "someone");
        System.setProperty("aws.secretAccessKey", "secret");
        System.setProperty("baton.home", home.toString());
        Files.createDirectories(home.resolve("cdk"));
        Files.copy(
                Path.of("../../cdk/environments.json"),
                home.resolve("cdk/environments.json"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterEach
    void beNobody() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        System.clearProperty("baton.home");
    }

    private static HttpServer answering(int status, String body) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "200, <html><body>Welcome</body></html>",
                "200, {\"foo\": 1}",
                "200, ``",
                "403, <html>Forbidden</html>"
            })
    void whatever_it_answers_every_command_ends_with_a_finding_or_nothing_to_do(int status, String body)
            throws Exception {
        var server = answering(status, body);
        try {
            var address = "http://127.0.0.1:" + server.getAddress().getPort();
            for (var called : calledAtOnce(address).entrySet()) {
                var call = called.getValue().get();
                var said = assertThat(call.err()).as(called.getKey() + ": " + call);
                said.doesNotContain("should have been", "null: ", "is null", "Exception", "\tat ");
                if (call.exit() != 0) {
                    said.matches("(?s)error (CLI|AWS)[0-9]{3} at .*");
                }
            }
        } finally {
            server.stop(0);
        }
    }

    /// Most of what they do is to wait before they try again.
    private static Map<String, Future<Call>> calledAtOnce(String address) {
        var calls = new TreeMap<String, Future<Call>>();
        try (var threads = Executors.newCachedThreadPool()) {
            for (var words : CALLS) {
                calls.put(words, threads.submit(() -> Call.in(home, (words + " --endpoint " + address).split(" "))));
            }
        }
        return calls;
    }

    @Test
    void a_page_is_told_as_no_answer_of_aws() throws IOException {
        var server = answering(200, "<html>Welcome</html>");
        try {
            var port = server.getAddress().getPort();
            assertThat(Call.in(home, "status", "--endpoint", "http://127.0.0.1:" + port)
                            .err())
                    .startsWith(
                            "error CLI012 at the endpoint\n  answers, but not as AWS does: Unexpected character ('<'")
                    .contains("and not of a page")
                    .doesNotContain("credentials");
            assertThat(Call.in(home, "diff", "local", "weather", "--endpoint", "http://127.0.0.1:" + port)
                            .err())
                    .startsWith("error CLI027 at the answer to sts:GetCallerIdentity\n  names no account");
        } finally {
            server.stop(0);
        }
        var forbidding = answering(403, "<html>Forbidden</html>");
        try {
            assertThat(Call.in(
                                    home,
                                    "status",
                                    "--endpoint",
                                    "http://127.0.0.1:"
                                            + forbidding.getAddress().getPort())
                            .err())
                    .contains("answers Sfn with the status 403 and without an error of AWS");
        } finally {
            forbidding.stop(0);
        }
    }

    @Test
    void without_credentials_nobody_is_asked_and_it_is_said_in_a_line() {
        beNobody();
        var call = Call.in(home, "status", "--endpoint", "http://127.0.0.1:1");

        assertThat(call.err())
                .startsWith("error CLI012 at the endpoint\n  was not asked, for there are no credentials")
                .contains("AWS_PROFILE")
                .doesNotContain("Provider", "SDK Attempt Count");
        assertThat(call.err().lines()).allMatch(line -> line.length() <= 160);
    }

    @Test
    void what_nobody_serves_is_told_with_the_address() {
        assertThat(Call.in(home, "status", "--endpoint", "http://127.0.0.1:1").err())
                .startsWith("error CLI012 at the endpoint\n  cannot be reached: ")
                .contains("127.0.0.1:1", "Connection refused")
                .doesNotContain("SDK Attempt Count", "credentials");
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "ftp://127.0.0.1", "http:///x", "127.0.0.1:4570"})
    void what_is_no_address_is_told_as_it_was_given(String address) {
        assertThat(Call.in(home, "status", "--endpoint", address).err())
                .startsWith("error CLI028 at --endpoint\n")
                .contains("but was \"" + address + "\"");
        assertThat(Call.in(home, "local", "--port", "0", "--bare", "--api", "api.example.com=" + address)
                        .err())
                .startsWith("error CLI028 at --api api.example.com\n")
                .contains("but was \"" + address + "\"");
    }

    @Test
    void a_document_that_is_no_json_is_told_with_its_place() {
        assertThatThrownBy(() -> EndpointDocuments.object("the definition of x", "<html>"))
                .isInstanceOf(DiagnosticException.class)
                .hasMessageContaining(
                        "error CLI027 at the definition of x\n  is not a JSON object: Unexpected character");
    }
}
