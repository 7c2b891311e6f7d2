package dev.baton.cli;

import static dev.baton.testing.Answer.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.baton.cli.local.LaptopFunctions;
import dev.baton.cli.local.LocalCloud;
import dev.baton.cli.pipelines.Harbour;
import dev.baton.cli.pipelines.TestPipelines;
import dev.baton.compiler.Compiler;
import dev.baton.json.Json;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.ssm.Runbook;
import dev.baton.task.Pipeline;
import dev.baton.testing.MockedMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.ConnectionAuthorizationType;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/// Tasks whose services the embedded AWS has: an API, a runbook, parameters. Everything is called under the roles that
/// were derived, with nothing added by hand but what is not Baton's: the connection, the runbook and its role.
class HarbourTest {
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger busy = new AtomicInteger();
    private HttpServer api;

    @BeforeEach
    void open() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
    }

    @AfterEach
    void close() {
        api.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + headers.getFirst("x-harbour-key") + " " + headers.getFirst("Idempotency-Key") + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var busyNow = busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        var bytes = (busyNow ? "wait" : "{\"granted\":true}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", busyNow ? "text/plain" : "application/json");
        exchange.sendResponseHeaders(busyNow ? 503 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private DeployedPipeline harbour(Runbook runbook) {
        return harbour(TestPipelines.HARBOUR, runbook);
    }

    private DeployedPipeline harbour(Pipeline deployed, Runbook runbook) {
        var aws = EmbeddedAws.builder()
                .host(
                        "api.harbour.example",
                        URI.create("http://127.0.0.1:" + api.getAddress().getPort()))
                .start();
        aws.ssm().runbook("FindBerth", runbook);
        aws.foundation().identities().role("/harbour/", "pilot", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ssm.amazonaws.com"},
                "Action":"sts:AssumeRole"}}""");
        var pipeline = new DeployedPipeline(deployed, new LocalCloud(aws, LaptopFunctions.JVM));
        var connection = pipeline.endpoint()
                .events()
                .createConnection(r -> r.name("leave")
                        .authorizationType(ConnectionAuthorizationType.API_KEY)
                        .authParameters(p -> p.apiKeyAuthParameters(
                                k -> k.apiKeyName("x-harbour-key").apiKeyValue("s3cret"))));
        assertThat(connection.connectionArn()).endsWith(":connection/" + Harbour.CONNECTION);
        return pipeline;
    }

    @Test
    void an_api_a_runbook_and_parameters_are_called_under_the_roles_that_were_derived() throws InterruptedException {
        busy.set(1);
        try (var harbour = harbour(parameters ->
                Map.of("Berth", List.of("7 of " + parameters.get("Year").getFirst())))) {
            var execution = harbour.upload("ships/2026.txt", "ada").getFirst().get("execution");
            var ended = harbour.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(Json.parseObject(harbour.read("leave/2026.json")))
                    .containsEntry("StatusCode", 200L)
                    .containsEntry("ResponseBody", Map.of("granted", true));
            assertThat(Json.parseObject(harbour.read("berth/2026.json")))
                    .containsEntry("AutomationExecutionStatus", "Success")
                    .containsEntry("Outputs", Map.of("Berth", List.of("7 of 2026")));
            assertThat(harbour.read("rumour/2026.json")).contains("\"Value\":\"the ship of 2026\"");
            // The busy API was asked again, with the same key of idempotency.
            assertThat(requests)
                    .hasSize(2)
                    .allMatch(request -> request.startsWith("POST /leave/2026 s3cret "))
                    .allMatch(request -> request.endsWith("{\"ship\":\"s3://lake/ships/2026.txt\"}"));
            assertThat(Set.copyOf(requests)).hasSize(1);
            assertThat(harbour.history(execution, "TaskFailed"))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.taskFailedEventDetails().error()).isEqualTo("States.Http.StatusCode.503"));
            assertThat(calls(harbour, execution))
                    .containsEntry("invoke http", "")
                    .containsEntry("putParameter aws-sdk:ssm", "baton-harbour-Notice-called")
                    .containsEntry("getParameter aws-sdk:ssm", "baton-harbour-Rumour-called")
                    .containsEntry("startAutomationExecution aws-sdk:ssm", "baton-harbour-Berth-called")
                    .containsEntry("getAutomationExecution aws-sdk:ssm", "baton-harbour-Berth-called");
            assertThat(harbour.history(execution, "ExecutionStarted").toString())
                    .doesNotContain("s3cret");
            assertThat(harbour.history(execution, "TaskScheduled").toString()).doesNotContain("s3cret");
        }
    }

    /// The role's name by the action and the service that are called.
    private static Map<String, String> calls(DeployedPipeline harbour, Object execution) {
        return harbour.history(execution, "TaskScheduled").stream()
                .map(HistoryEvent::taskScheduledEventDetails)
                .collect(Collectors.toMap(
                        details -> details.resource() + " " + details.resourceType(),
                        details -> details.taskCredentials() == null
                                ? ""
                                : details.taskCredentials()
                                        .roleArn()
                                        .substring(details.taskCredentials()
                                                        .roleArn()
                                                        .lastIndexOf('/')
                                                + 1),
                        (one, other) -> one));
    }

    @Test
    void a_runbook_that_fails_fails_the_execution_with_its_reason_and_a_redrive_starts_another()
            throws InterruptedException {
        var runs = new AtomicInteger();
        try (var harbour = harbour(parameters -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("no berth is free");
            }
            return Map.of();
        })) {
            var execution = String.valueOf(
                    harbour.upload("ships/2026.txt", "ada").getFirst().get("execution"));
            var failed = harbour.ended(execution);
            assertThat(failed.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(failed.cause()).endsWith(" ended as Failed: no berth is free");
            assertThat(harbour.versions("berth/")).isEmpty();
            harbour.endpoint().states().redriveExecution(r -> r.executionArn(execution));
            var ended = harbour.ended(execution);
            assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(runs).hasValue(2);
        }
    }

    @Test
    void a_runbook_that_does_not_end_is_stopped_when_its_time_is_up() {
        var definition = Compiler.compile(Pipeline.of("berths", Harbour.Berth.class))
                .machine()
                .definition()
                .toJson()
                .replace("${Partition}", "aws")
                .replace("${Region}", "us-east-1")
                .replace("${AccountId}", "000000000000")
                .replaceAll("\\$\\{[A-Za-z]+}", "1");
        assertThat(definition).doesNotContain("${");
        var going =
                "{\"AutomationExecution\":{\"AutomationExecutionId\":\"a-1\",\"AutomationExecutionStatus\":\"InProgress\"}}";
        MockedMachine.of(definition)
                .task("Pin")
                .always(
                        succeed(
                                "{\"Payload\":{\"pipeline\":\"berths\",\"run\":\"r\",\"startedAt\":\"2026-01-01T00:00:00Z\",\"parameters\":{},\"outdated\":false}}"))
                .task("Call for Leave")
                .always(succeed("{}"))
                .task("Prepare Leave")
                .always(succeed("{\"Payload\":{\"due\":false}}"))
                .task("Leave")
                .always(succeed("{\"Payload\":{}}"))
                .task("Prepare Berth")
                .always(
                        succeed(
                                "{\"Payload\":{\"due\":true,\"call\":{\"ClientToken\":\"6b0a0000-0000-4000-8000-000000000000\",\"DocumentName\":\"FindBerth\",\"Parameters\":{}}}}"))
                .task("Call for Berth")
                .always(succeed("{\"AutomationExecutionId\":\"a-1\"}"))
                .task("Ask for Berth")
                .always(succeed(going))
                .task("Stop Berth")
                .always(succeed("{}"))
                .task("Berth")
                .always(succeed("{\"Payload\":{}}"))
                .run("{}")
                .hasFailed()
                .hasAttempts("Ask for Berth", 90)
                .hasRequest("Stop Berth", 0, "{\"AutomationExecutionId\":\"a-1\",\"Type\":\"Cancel\"}")
                .hasError("States.QueryEvaluationError")
                .lasted(Duration.ofSeconds(90));
    }

    @Test
    void what_a_service_writes_itself_is_recorded_with_its_version_and_must_be_there_and_new()
            throws InterruptedException {
        var there = new AtomicReference<DeployedPipeline>();
        var writes = new AtomicInteger(1);
        try (var harbour = harbour(TestPipelines.LOGBOOK, parameters -> {
            if (writes.getAndDecrement() > 0) {
                there.get().put(parameters.get("To").getFirst().substring("s3://lake/".length()), "in at noon");
            }
            return Map.of();
        })) {
            there.set(harbour);
            var first = harbour.ended(
                    harbour.upload("ships/2026.txt", "ada").getFirst().get("execution"));
            assertThat(first.status()).as(first.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(harbour.read("length/2026.txt")).isEqualTo("10");
            var written = harbour.versions("logbook/").getFirst();
            assertThat(harbour.records())
                    .filteredOn(record -> record.task().endsWith("$Logbook"))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.output().version()).isEqualTo(written.versionId());
                        assertThat(record.output().size()).isEqualTo(10);
                    });

            var fresh = harbour.upload("ships/2026.txt", "ada").getFirst().get("execution");
            assertThat(harbour.ended(fresh).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(calls(harbour, fresh)).doesNotContainKey("startAutomationExecution aws-sdk:ssm");

            var stale = harbour.ended(
                    harbour.upload("ships/2026.txt", "bob").getFirst().get("execution"));
            assertThat(stale.error()).isEqualTo("dev.baton.task.DataInvalid");
            assertThat(stale.cause()).contains("s3://lake/logbook/2026.txt", "is still version " + written.versionId());

            var absent = harbour.ended(
                    harbour.upload("ships/2027.txt", "cyd").getFirst().get("execution"));
            assertThat(absent.error()).isEqualTo("dev.baton.task.DataInvalid");
            assertThat(absent.cause()).contains("s3://lake/logbook/2027.txt", "is not there, although the service");
            assertThat(harbour.records())
                    .noneMatch(record -> record.parameters().containsValue("2027"));
        }
    }
}
