package dev.baton.local.states;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.events.Connections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eventbridge.model.ConnectionAuthorizationType;
import software.amazon.awssdk.services.eventbridge.model.ConnectionState;
import software.amazon.awssdk.services.eventbridge.model.CreateConnectionAuthRequestParameters;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// HTTP tasks: real requests to a server on the loopback interface, which also stands in for `api.example.com`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpTaskWireTest {
    private static final String HOST = "https://api.example.com";

    /// A request as the server saw it.
    private record Seen(String method, String path, String query, Map<String, String> headers, String body) {}

    private final HttpServer server = server();
    private final String address = "http://127.0.0.1:" + server.getAddress().getPort();
    private final ApplicationEndpoint aws = new ApplicationEndpoint(EmbeddedAws.builder()
            .host("api.example.com", URI.create(address))
            .start());
    private final ConcurrentLinkedDeque<Seen> seen = new ConcurrentLinkedDeque<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();

    private HttpServer server() {
        try {
            var made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/", this::answer);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        var uri = exchange.getRequestURI();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        seen.add(new Seen(exchange.getRequestMethod(), uri.getPath(), uri.getRawQuery(), headers, body));
        var path = uri.getPath();
        if (path.startsWith("/status/")) {
            send(exchange, Integer.parseInt(path.substring("/status/".length())), "text/plain", "so it is");
        } else if (path.equals("/token")) {
            send(exchange, 200, "application/json", "{\"access_token\":\"t" + tokens.incrementAndGet() + "\"}");
        } else if (path.equals("/needs-second-token") && !"Bearer t2".equals(headers.get("Authorization"))) {
            send(exchange, 401, "text/plain", "expired");
        } else if (path.equals("/picture")) {
            send(exchange, 200, "image/png", "x");
        } else if (path.equals("/broken")) {
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write(0xff);
            exchange.close();
        } else if (path.equals("/long")) {
            send(exchange, 200, "text/plain", "x".repeat(262_145));
        } else if (path.equals("/text")) {
            send(exchange, 200, "text/plain", "plain");
        } else {
            send(exchange, 201, "application/json", "{\"id\":7}");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @BeforeEach
    void forget() {
        seen.clear();
        tokens.set(0);
    }

    @AfterAll
    void stop() {
        aws.close();
        server.stop(0);
    }

    @Test
    void a_request_goes_out_as_the_guide_has_it_and_its_answer_is_the_result() {
        var connection = apiKey();
        var ended = run(
                permitted(connection, "POST", HOST + "/*"),
                call(connection, "POST", HOST + "/crews", Map.of(
                        "Headers", Map.of("Idempotency-Key", "k1"),
                        "QueryParameters", Map.of("year", "2026", "port", "Gent & co"),
                        "RequestBody", Map.of("boat", "ada"))));
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var result = Json.parseObject(ended.output());
        assertThat(result)
                .containsEntry("StatusCode", 201L)
                .containsEntry("StatusText", "Created")
                .containsEntry("ResponseBody", Map.of("id", 7L));
        assertThat(((Map<?, ?>) result.get("Headers")).get("content-type")).isEqualTo(List.of("application/json"));
        var request = seen.getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/crews");
        assertThat(request.query()).isEqualTo("port=Gent%20%26%20co&year=2026");
        assertThat(request.body()).isEqualTo("{\"boat\":\"ada\"}");
        assertThat(request.headers())
                .containsEntry("x-api-key", "s3cret")
                .containsEntry("Idempotency-Key", "k1")
                .containsEntry("Content-Type", "application/json; charset=UTF-8")
                .containsEntry("Range", "bytes=0-262144")
                .containsEntry("User-Agent", "Amazon|StepFunctions|HttpInvoke|us-east-1");
    }

    @Test
    void where_definition_and_connection_both_say_something_the_connections_word_counts() {
        var connection = connection(ConnectionAuthorizationType.API_KEY, p -> p.apiKeyAuthParameters(
                        k -> k.apiKeyName("x-api-key").apiKeyValue("s3cret"))
                .invocationHttpParameters(h -> h.headerParameters(x -> x.key("Both").value("connection"))
                        .queryStringParameters(x -> x.key("both").value("connection"))
                        .bodyParameters(x -> x.key("both").value("connection").isValueSecret(true))));
        var ended = run(
                permitted(connection, "PUT", HOST + "/*"),
                call(connection, "PUT", HOST + "/merge", Map.of(
                        "Headers", Map.of("both", "task", "mine", "task"),
                        "QueryParameters", Map.of("both", "task", "mine", "task"),
                        "RequestBody", Map.of("both", "task", "mine", "task"))));
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        var request = seen.getFirst();
        assertThat(request.headers()).containsEntry("Both", "connection").containsEntry("Mine", "task");
        assertThat(request.query()).contains("both=connection", "mine=task").doesNotContain("both=task");
        assertThat(Json.parseObject(request.body())).containsEntry("both", "connection").containsEntry("mine", "task");

        var text = run(
                permitted(connection, "PUT", HOST + "/*"),
                call(connection, "PUT", HOST + "/merge", Map.of("RequestBody", "a text")));
        assertThat(text.error()).isEqualTo("States.Runtime");
        assertThat(text.cause()).contains("cannot be merged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INDICES  | list%5B0%5D=a&list%5B1%5D=b&of%5Bmine%5D=1",
                "REPEAT   | list=a&list=b&of%5Bmine%5D=1",
                "COMMAS   | list=a%2Cb&of%5Bmine%5D=1",
                "BRACKETS | list%5B%5D=a&list%5B%5D=b&of%5Bmine%5D=1"
            })
    void a_body_may_go_as_a_form(String format, String form) {
        var connection = apiKey();
        var body = new LinkedHashMap<String, Object>();
        body.put("list", List.of("a", "b"));
        body.put("of", Map.of("mine", 1));
        var ended = run(
                permitted(connection, "POST", HOST + "/*"),
                call(connection, "POST", HOST + "/form", Map.of(
                        "Headers", Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "Transform", Map.of(
                                "RequestBodyEncoding", "URL_ENCODED",
                                "RequestEncodingOptions", Map.of("ArrayFormat", format)),
                        "RequestBody", body)));
        assertThat(ended.status()).as(ended.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(seen.getFirst().body()).isEqualTo(form);
        assertThat(seen.getFirst().headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
    }

    @Test
    void basic_authorization_is_a_header() {
        var connection = connection(
                ConnectionAuthorizationType.BASIC,
                p -> p.basicAuthParameters(b -> b.username("ada").password("pw")));
        run(permitted(connection, "GET", HOST + "/*"), call(connection, "GET", HOST + "/any", Map.of()));
        // ada:pw
        assertThat(seen.getFirst().headers()).containsEntry("Authorization", "Basic YWRhOnB3");
        assertThat(seen.getFirst().body()).isEmpty();
    }

    @Test
    void an_access_token_is_fetched_once_and_again_when_it_is_not_taken_any_more() {
        var connection = connection(ConnectionAuthorizationType.OAUTH_CLIENT_CREDENTIALS, p -> p.oAuthParameters(
                o -> o.authorizationEndpoint(address + "/token")
                        .httpMethod("POST")
                        .clientParameters(c -> c.clientID("me").clientSecret("mine"))
                        .oAuthHttpParameters(h -> h.bodyParameters(x -> x.key("scope").value("crews")))));
        var asked = seen.getFirst();
        assertThat(asked.body()).isEqualTo("grant_type=client_credentials&scope=crews");
        // me:mine
        assertThat(asked.headers()).containsEntry("Authorization", "Basic bWU6bWluZQ==");
        var permitted = permitted(connection, "GET", HOST + "/*");
        assertThat(run(permitted, call(connection, "GET", HOST + "/any", Map.of())).status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(seen.getLast().headers()).containsEntry("Authorization", "Bearer t1");
        var refused = run(permitted, call(connection, "GET", HOST + "/needs-second-token", Map.of()));
        assertThat(refused.error()).isEqualTo("States.Http.StatusCode.401");
        var again = run(permitted, call(connection, "GET", HOST + "/needs-second-token", Map.of()));
        assertThat(again.status()).as(again.cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(tokens).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 404, 429, 503})
    void a_status_that_is_no_success_is_the_errors_name(int status) {
        var connection = apiKey();
        var ended = run(
                permitted(connection, "GET", HOST + "/*"),
                call(connection, "GET", HOST + "/status/" + status, Map.of()));
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo("States.Http.StatusCode." + status);
        assertThat(ended.cause()).isEqualTo("so it is");
    }

    @ParameterizedTest
    @CsvSource({
        "/picture, States.Runtime, image/png",
        "/broken, States.Runtime, cannot be read as a string",
        "/long, States.DataLimitExceeded, 262145 bytes"
    })
    void an_answer_that_no_state_can_hold_fails_it(String path, String error, String cause) {
        var connection = apiKey();
        var ended = run(permitted(connection, "GET", HOST + "/*"), call(connection, "GET", HOST + path, Map.of()));
        assertThat(ended.error()).isEqualTo(error);
        assertThat(ended.cause()).contains(cause);
    }

    @Test
    void an_answer_that_is_no_json_is_a_text() {
        var connection = apiKey();
        var ended = run(permitted(connection, "GET", HOST + "/*"), call(connection, "GET", HOST + "/text", Map.of()));
        assertThat(Json.parseObject(ended.output())).containsEntry("ResponseBody", "plain").containsEntry("StatusText", "OK");
    }

    @Test
    void a_server_that_does_not_answer_is_a_socket_error() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        var connection = apiKey();
        var endpoint = "http://127.0.0.1:" + port + "/any";
        var ended = run(permitted(connection, "GET", endpoint), call(connection, "GET", endpoint, Map.of()));
        assertThat(ended.error()).isEqualTo("States.Http.Socket");
    }

    @Test
    void what_the_guide_forbids_fails_before_anything_is_sent() {
        var connection = apiKey();
        var permitted = permitted(connection, "GET", "*");
        var header = run(permitted, call(connection, "GET", HOST + "/any", Map.of("Headers", Map.of("X-Amz-Date", "now"))));
        assertThat(header.error()).isEqualTo("States.Runtime");
        assertThat(header.cause()).contains("X-Amz-Date cannot be set");
        var plain = run(permitted, call(connection, "GET", "http://api.example.com/any", Map.of()));
        assertThat(plain.error()).isEqualTo("States.Runtime");
        assertThat(plain.cause()).contains("must be the URL of an HTTPS API");
        assertThat(seen).isEmpty();
    }

    @Test
    void the_role_needs_the_endpoint_with_its_method_the_connection_and_its_secret() {
        var connection = apiKey();
        var definition = call(connection, "POST", HOST + "/crews", Map.of());
        var other = run(permitted(connection, "GET", HOST + "/*"), definition);
        assertThat(other.error()).isEqualTo("States.Permissions");
        assertThat(other.cause()).contains("states:InvokeHTTPEndpoint", HOST + "/crews");
        var elsewhere = run(permitted(connection, "POST", "https://api.example.org/*"), definition);
        assertThat(elsewhere.error()).isEqualTo("States.Permissions");
        var statements = permitted(connection, "POST", HOST + "/*");
        for (var action : List.of("events:RetrieveConnectionCredentials", "secretsmanager:GetSecretValue")) {
            var without = run(statements.replace(action, "s3:ListAllMyBuckets"), definition);
            assertThat(without.error()).isEqualTo("Events.ConnectionResource.AccessDenied");
            assertThat(without.cause()).contains("is not authorized to perform: " + action);
        }
        assertThat(seen).isEmpty();
        assertThat(run(statements, definition).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_connection_that_is_not_there_or_not_authorized_fails_under_its_own_name() {
        var connection = apiKey();
        var name = connection.split("/")[1];
        var another = connection.substring(0, connection.lastIndexOf('/')) + "/0000-1";
        assertThat(run(permitted(another, "GET", "*"), call(another, "GET", HOST + "/any", Map.of())).error())
                .isEqualTo("Events.ConnectionResource.ResourceNotFound");
        aws.events().deauthorizeConnection(r -> r.name(name));
        assertThat(run(permitted(connection, "GET", "*"), call(connection, "GET", HOST + "/any", Map.of())).error())
                .isEqualTo("Events.ConnectionResource.InvalidConnectionState");
        aws.events().updateConnection(r -> r.name(name));
        assertThat(run(permitted(connection, "GET", "*"), call(connection, "GET", HOST + "/any", Map.of())).status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_connection_tells_no_secret_and_lasts_until_it_is_deleted() {
        var arn = connection(
                ConnectionAuthorizationType.BASIC,
                p -> p.basicAuthParameters(b -> b.username("ada").password("pw"))
                        .invocationHttpParameters(h -> h.headerParameters(
                                x -> x.key("Hidden").value("hush").isValueSecret(true))));
        var name = arn.split("/")[1];
        assertThat(arn).endsWith(Connections.id(aws.aws().account(), name).toString());
        var described = aws.events().describeConnection(r -> r.name(name));
        assertThat(described.connectionState()).isEqualTo(ConnectionState.AUTHORIZED);
        assertThat(described.authParameters().basicAuthParameters().username()).isEqualTo("ada");
        assertThat(described.toString()).doesNotContain("hush", "pw");
        assertThat(described.secretArn()).contains(":secret:events!connection/" + name + "/");
        assertThat(aws.events().listConnections(r -> r.namePrefix(name)).connections()).hasSize(1);
        assertThatThrownBy(() -> aws.events().createConnection(r -> r.name(name)
                        .authorizationType(ConnectionAuthorizationType.BASIC)
                        .authParameters(p -> p.basicAuthParameters(b -> b.username("a").password("b")))))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        aws.events().deleteConnection(r -> r.name(name));
        assertThatThrownBy(() -> aws.events().describeConnection(r -> r.name(name)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_connection_whose_authorization_endpoint_refuses_is_not_authorized_and_says_why() {
        var arn = connection(ConnectionAuthorizationType.OAUTH_CLIENT_CREDENTIALS, p -> p.oAuthParameters(
                o -> o.authorizationEndpoint(address + "/status/403")
                        .httpMethod("POST")
                        .clientParameters(c -> c.clientID("me").clientSecret("mine"))));
        var described = aws.events().describeConnection(r -> r.name(arn.split("/")[1]));
        assertThat(described.connectionState()).isEqualTo(ConnectionState.DEAUTHORIZED);
        assertThat(described.stateReason()).contains("answered 403");
    }

    @Test
    void a_connection_is_there_after_a_restart(@TempDir Path folder) {
        try (var first = new ApplicationEndpoint(EmbeddedAws.builder().folder(folder).start())) {
            first.events().createConnection(r -> r.name("kept")
                    .authorizationType(ConnectionAuthorizationType.BASIC)
                    .authParameters(p -> p.basicAuthParameters(b -> b.username("ada").password("pw"))));
        }
        try (var second = new ApplicationEndpoint(EmbeddedAws.builder().folder(folder).start())) {
            assertThat(second.events().describeConnection(r -> r.name("kept")).connectionState())
                    .isEqualTo(ConnectionState.AUTHORIZED);
        }
    }

    private String apiKey() {
        return connection(
                ConnectionAuthorizationType.API_KEY,
                p -> p.apiKeyAuthParameters(k -> k.apiKeyName("x-api-key").apiKeyValue("s3cret")));
    }

    private String connection(
            ConnectionAuthorizationType type,
            Consumer<CreateConnectionAuthRequestParameters.Builder> parameters) {
        return aws.events()
                .createConnection(r -> r.name("connection-" + made.incrementAndGet())
                        .authorizationType(type)
                        .authParameters(parameters))
                .connectionArn();
    }

    /// See [Using TRACE
    /// inspectionLevel](https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html).
    @ParameterizedTest(name = "secrets revealed: {0}")
    @ValueSource(booleans = {false, true})
    void a_test_traces_what_was_sent_and_answered(boolean reveals) throws IOException {
        var connection = apiKey();
        var role = aws.role(
                "traced-" + made.incrementAndGet(),
                "states.amazonaws.com",
                permitted(connection, "POST", HOST + "/*").replaceFirst(":stateMachine:http-\\*", ":*"));
        var input = new LinkedHashMap<String, Object>();
        input.put(
                "definition",
                call(
                        connection,
                        "POST",
                        HOST + "/crews",
                        Map.of("QueryParameters", Map.of("year", "2026"), "RequestBody", Map.of("boat", "ada"))));
        input.put("stateName", "Call");
        input.put("roleArn", role);
        input.put("inspectionLevel", "TRACE");
        input.put("revealSecrets", reveals);
        var answer = TestStateCall.answer(aws.aws(), input);
        var data = (Map<?, ?>) answer.get("inspectionData");

        assertThat(answer).as(String.valueOf(answer.get("cause"))).containsEntry("status", "SUCCEEDED");
        var request = (Map<?, ?>) data.get("request");
        assertThat(request.get("method")).isEqualTo("POST");
        assertThat(request.get("url")).isEqualTo(HOST + "/crews?year=2026");
        assertThat(request.get("body")).isEqualTo("{\"boat\":\"ada\"}");
        assertThat(request.get("headers").toString().contains("s3cret")).isEqualTo(reveals);
        var response = (Map<?, ?>) data.get("response");
        assertThat(response.get("statusCode")).isEqualTo("201");
        assertThat(response.get("statusMessage")).isEqualTo("Created");
        assertThat(response.get("body")).isEqualTo("{\"id\":7}");
        input.put("inspectionLevel", "DEBUG");
        assertThat(((Map<?, ?>) TestStateCall.answer(aws.aws(), input).get("inspectionData")).keySet())
                .map(String::valueOf)
                .doesNotContain("request", "response");
    }

    private static String permitted(String connection, String method, String endpoint) {
        return "{\"Effect\":\"Allow\",\"Action\":\"states:InvokeHTTPEndpoint\",\"Resource\":\"arn:aws:states:us-east-1:"
                + ACCOUNT + ":stateMachine:http-*\",\"Condition\":{\"StringEquals\":{\"states:HTTPMethod\":\"" + method
                + "\"},\"StringLike\":{\"states:HTTPEndpoint\":\"" + endpoint + "\"}}},"
                + allow("events:RetrieveConnectionCredentials", connection) + ","
                + allow("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:events!connection/*") + ","
                + allow("secretsmanager:DescribeSecret", "arn:aws:secretsmanager:*:*:secret:events!connection/*");
    }

    private static String call(String connection, String method, String endpoint, Map<String, ?> more) {
        var arguments = new LinkedHashMap<String, Object>();
        arguments.put("ApiEndpoint", endpoint);
        arguments.put("Method", method);
        arguments.put("InvocationConfig", Map.of("ConnectionArn", connection));
        arguments.putAll(more);
        return Json.print(Map.of(
                "StartAt",
                "Call",
                "States",
                Map.of(
                        "Call",
                        Map.of(
                                "Type",
                                "Task",
                                "Resource",
                                "arn:aws:states:::http:invoke",
                                "Parameters",
                                arguments,
                                "End",
                                true))));
    }

    private DescribeExecutionResponse run(String statements, String definition) {
        var name = "http-" + made.incrementAndGet();
        var role = aws.role(name + "-role", "states.amazonaws.com", statements);
        var machine = aws.states()
                .createStateMachine(r -> r.name(name).roleArn(role).definition(definition))
                .stateMachineArn();
        var execution = aws.states().startExecution(r -> r.stateMachineArn(machine).input("{}")).executionArn();
        aws.aws().states().engine().execution(execution).orElseThrow().closed().toCompletableFuture().join();
        return aws.states().describeExecution(r -> r.executionArn(execution));
    }
}
