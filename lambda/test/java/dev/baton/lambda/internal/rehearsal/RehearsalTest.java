package dev.baton.lambda.internal.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.net.httpserver.HttpServer;
import dev.baton.lambda.internal.aws.FunctionEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// What a function goes through before its first invocation.
class RehearsalTest {
    @Test
    void it_asks_sts_and_s3_for_everything_a_task_asks_them_and_sends_nothing() {
        var rehearsal = new Rehearsal("eu-central-1");
        rehearsal.run();
        // The last request is the write: an exception before it would have ended the rehearsal early.
        assertThat(rehearsal.asked())
                .containsExactly("POST ", "HEAD /b/missing", "GET /b", "HEAD /b/k", "GET /b/k", "PUT /b/k");
    }

    @Test
    void before_a_snapshot_sts_is_asked_for_nothing_once_and_without_a_credential() throws IOException {
        var asked = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().get("Authorization"));
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
        try {
            Rehearsal.knock(
                    environment("http://127.0.0.1:" + server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
        assertThat(asked).isEqualTo(List.of("POST / null"));
    }

    @Test
    void where_sts_does_not_answer_the_function_starts_all_the_same() {
        assertThatCode(() -> Rehearsal.knock(environment("http://127.0.0.1:1"))).doesNotThrowAnyException();
    }

    private static FunctionEnvironment environment(String endpoint) {
        return new FunctionEnvironment(Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", endpoint));
    }
}
