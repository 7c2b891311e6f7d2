package dev.baton.cli.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.openlineage.client.OpenLineage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/// The ways of events to whoever takes them: what is tried again, and what is told where it is of no use.
class LineageSinkTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private String address;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var answer = "in other words".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answers.isEmpty() ? 201 : answers.pop(), answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static OpenLineage.RunEvent event(String job) {
        var model = new OpenLineage(URI.create("urn:test"));
        return model.newRunEventBuilder()
                .eventType(OpenLineage.RunEvent.EventType.START)
                .eventTime(ZonedDateTime.parse("2026-11-30T06:00:00Z"))
                .run(model.newRunBuilder().runId(new UUID(0, 7)).build())
                .job(model.newJobBuilder().namespace("test").name(job).build())
                .build();
    }

    @Test
    void a_consumer_gets_each_event_with_the_key_and_again_while_it_is_out_of_breath() throws Exception {
        answers.addAll(List.of(503, 429, 201));
        try (var sink = HttpSink.of(address, null, "secret", SHORT)) {
            sink.emit(event("one"));
            sink.emit(event("two"));
        }
        assertThat(requests)
                .hasSize(4)
                .allSatisfy(request -> assertThat(request).startsWith("POST /api/v1/lineage Bearer secret {"));
        assertThat(requests.subList(0, 3))
                .allSatisfy(request -> assertThat(request).contains("\"name\":\"one\""));

        requests.clear();
        try (var sink = HttpSink.of(address, "/openapi/openlineage/api/v1/lineage", null, SHORT)) {
            sink.emit(event("one"));
        }
        assertThat(requests).singleElement().asString().startsWith("POST /openapi/openlineage/api/v1/lineage null {");
    }

    @Test
    void what_a_consumer_does_not_take_is_told_with_what_it_says() throws Exception {
        try (var sink = HttpSink.of(address, null, "secret", SHORT)) {
            answers.add(403);
            assertThatThrownBy(() -> sink.emit(event("one")))
                    .hasMessageContainingAll("CLI074", address, "403: in other words", "OPENLINEAGE_API_KEY")
                    .hasMessageNotContaining("secret");
            assertThat(requests).as("not tried again").hasSize(1);

            answers.addAll(List.of(500, 500, 500, 500, 500));
            assertThatThrownBy(() -> sink.emit(event("one"))).hasMessageContaining("500: in other words");
            server.stop(0);
            assertThatThrownBy(() -> sink.emit(event("one"))).hasMessageContainingAll("CLI075", "cannot be reached");
        }
    }

    @Test
    void an_address_that_is_none_or_would_show_the_key_is_refused() {
        for (var wrong : List.of("marquez", "ftp://marquez", "http:///x", "http://a b")) {
            assertThatThrownBy(() -> HttpSink.of(wrong, null, null)).hasMessageContaining("CLI073");
        }
        assertThatThrownBy(() -> HttpSink.of("http://marquez.example.com", null, "secret"))
                .hasMessageContainingAll("CLI073", "in the clear")
                .hasMessageNotContaining("secret");
        for (var right : List.of("https://marquez.example.com", "http://localhost:5000")) {
            assertThat(HttpSink.of(right, null, "secret")).isNotNull();
        }
    }

    @Test
    void a_file_has_a_line_an_event_and_keeps_those_that_it_had(@TempDir Path folder) throws IOException {
        var file = folder.resolve("events.jsonl");
        for (var job : List.of("one", "two")) {
            try (var sink = LineSink.file(file)) {
                sink.emit(event(job));
            }
        }
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"name\":\"one\""),
                        line -> assertThat(line).contains("\"name\":\"two\""));
    }

    /// A bus that refuses some of what it is given, as often as it is told to.
    private static final class Bus implements EventBridgeClient {
        private final Deque<String> refusals = new ArrayDeque<>();
        private final List<List<PutEventsRequestEntry>> taken = new ArrayList<>();

        @Override
        public PutEventsResponse putEvents(PutEventsRequest request) {
            var some = new ArrayList<PutEventsRequestEntry>();
            var results = new ArrayList<PutEventsResultEntry>();
            for (var entry : request.entries()) {
                var refusal = refusals.poll();
                if (refusal == null) {
                    some.add(entry);
                }
                results.add(PutEventsResultEntry.builder().errorCode(refusal).build());
            }
            taken.add(some);
            return PutEventsResponse.builder().entries(results).build();
        }

        List<Integer> sizes() {
            return taken.stream().map(List::size).toList();
        }

        @Override
        public String serviceName() {
            return "events";
        }

        @Override
        public void close() {}
    }

    @Test
    void a_bus_gets_ten_at_a_time_and_again_what_it_refused() throws InterruptedException {
        var bus = new Bus();
        try (var sink = new BusSink(bus, "lineage", "baton.openlineage", SHORT)) {
            for (var i = 0; i < 12; i++) {
                sink.emit(event("job" + i));
            }
            assertThat(bus.sizes()).containsExactly(10);
            bus.refusals.add("ThrottlingException");
            sink.flush();
        }
        assertThat(bus.sizes()).as("of two the first was refused once").containsExactly(10, 1, 1);
        assertThat(bus.taken.getLast().getFirst()).satisfies(entry -> {
            assertThat(entry.eventBusName()).isEqualTo("lineage");
            assertThat(entry.source()).isEqualTo("baton.openlineage");
            assertThat(entry.detailType()).isEqualTo("OpenLineage RunEvent");
            assertThat(entry.detail()).contains("\"name\":\"job10\"");
        });
    }

    @Test
    void what_a_bus_does_not_take_is_told() throws InterruptedException {
        var bus = new Bus();
        var sink = new BusSink(bus, "lineage", "baton.openlineage", SHORT);
        assertThatThrownBy(() -> sink.emit(event("x".repeat(256 * 1_024)))).hasMessageContaining("CLI077");
        sink.emit(event("y".repeat(200_000)));
        sink.emit(event("z".repeat(200_000)));
        assertThat(bus.sizes()).as("two do not go together").containsExactly(1);

        var always = new String[5];
        Arrays.fill(always, "InternalException");
        bus.refusals.addAll(List.of(always));
        assertThatThrownBy(sink::flush).hasMessageContainingAll("CLI076", "lineage", "InternalException");
    }

    @Test
    void a_time_is_a_day_or_a_time_and_else_told() {
        assertThat(ExportTime.of("2026-11-30")).isEqualTo("2026-11-30T00:00:00Z");
        assertThat(ExportTime.of("2026-11-30T06:00:00+02:00")).isEqualTo("2026-11-30T04:00:00Z");
        assertThatThrownBy(() -> ExportTime.of("yesterday")).hasMessageContaining("CLI078");
    }
}
