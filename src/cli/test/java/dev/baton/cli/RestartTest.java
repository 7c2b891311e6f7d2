package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.baton.cli.deploy.read.Endpoint;
import dev.baton.cli.operate.ExecutionRestart;
import dev.baton.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of executions that Step Functions does not redrive any more, as AWS answers for them after 14 days;
/// the embedded AWS redrives as long as it knows them.
class RestartTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:baton-weather";
    private static final String REASON = "Execution has exceeded the redrivable period of 14 days";

    private final List<Map<String, Object>> started = new CopyOnWriteArrayList<>();
    private Map<String, Object> ranBy = Map.of("stateMachineAliasArn", MACHINE + ":live");
    private HttpServer server;
    private Endpoint endpoint;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            if (!exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
                // Lambda, which knows no function here.
                exchange.getResponseHeaders().add("X-Amzn-ErrorType", "ResourceNotFoundException");
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
                return;
            }
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("AWSStepFunctions.", "");
            var input = Json.parseObject(exchange.getRequestBody().readAllBytes());
            var known = target.equals("StartExecution")
                    && String.valueOf(input.get("name")).endsWith("-r2");
            var answer = Json.bytes(
                    switch (target) {
                        case "DescribeExecution" -> described(String.valueOf(input.get("executionArn")));
                        case "StartExecution" ->
                            known
                                    ? Map.of("__type", "ExecutionAlreadyExists", "message", "it is there")
                                    : Map.of(
                                            "executionArn",
                                            MACHINE.replace("stateMachine", "execution") + ":" + input.get("name"),
                                            "startDate",
                                            1_700_000_000L);
                        default -> throw new AssertionError(target);
                    });
            if (target.equals("StartExecution") && !known) {
                started.add(input);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(known ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        endpoint = new Endpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "us-east-1", "key", "secret");
    }

    private Map<String, Object> described(String arn) {
        var execution = new LinkedHashMap<String, Object>();
        execution.put("executionArn", arn);
        execution.put("stateMachineArn", MACHINE);
        execution.putAll(ranBy);
        execution.put("name", arn.substring(arn.lastIndexOf(':') + 1));
        execution.put("status", "FAILED");
        execution.put("startDate", 1_600_000_000L);
        execution.put("stopDate", 1_600_000_001L);
        execution.put("input", "{\"parameters\":{\"year\":\"2012\"}}");
        execution.put("redriveStatus", "NOT_REDRIVABLE");
        execution.put("redriveStatusReason", REASON);
        return execution;
    }

    @AfterEach
    void stop() {
        endpoint.close();
        server.stop(0);
    }

    private static String arn(String name) {
        return MACHINE.replace("stateMachine", "execution") + ":" + name;
    }

    @Test
    void a_redrive_that_cannot_be_is_told_in_the_services_own_words() {
        assertThatThrownBy(() -> new ExecutionRestart(endpoint).redrive(arn("weather-2012-aa")))
                .hasMessageContaining("CLI016 at weather-2012-aa")
                .hasMessageContaining(REASON)
                .hasMessageContaining("baton start weather-2012-aa --again");
        assertThat(started).isEmpty();
    }

    @Test
    void its_input_is_started_again_under_the_next_free_name_through_the_alias() {
        var restarted = new ExecutionRestart(endpoint).again(arn("weather-2012-aa"));

        assertThat(restarted.redriven()).isFalse();
        assertThat(restarted.name()).as("-r2 is taken").isEqualTo("weather-2012-aa-r3");
        assertThat(restarted.arn()).isEqualTo(arn("weather-2012-aa-r3"));
        assertThat(started)
                .singleElement()
                .satisfies(start -> assertThat(start)
                        .containsEntry("stateMachineArn", MACHINE + ":live")
                        .containsEntry("input", "{\"parameters\":{\"year\":\"2012\"}}"));
    }

    @Test
    void what_ran_a_version_is_started_again_through_the_alias_too_for_the_version_may_be_an_old_one() {
        ranBy = Map.of("stateMachineVersionArn", MACHINE + ":7");
        new ExecutionRestart(endpoint).again(arn("weather-2012-aa"));
        assertThat(started)
                .singleElement()
                .satisfies(start -> assertThat(start).containsEntry("stateMachineArn", MACHINE + ":live"));
    }

    @Test
    void what_was_started_again_already_counts_on_and_names_stay_within_80_characters() {
        assertThat(new ExecutionRestart(endpoint)
                        .again(arn("weather-2012-aa-r7"))
                        .name())
                .isEqualTo("weather-2012-aa-r8");
        var longest = "weather-" + "x".repeat(72);
        assertThat(new ExecutionRestart(endpoint).again(arn(longest)).name())
                .hasSize(80)
                .endsWith("x-r3");
    }
}
