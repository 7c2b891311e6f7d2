package dev.baton.local.events;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.baton.engine.time.VirtualScheduler;
import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.delivery.DeliveryAttempts.Attempt;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ApiDestination;
import software.amazon.awssdk.services.eventbridge.model.ApiDestinationHttpMethod;
import software.amazon.awssdk.services.eventbridge.model.ConnectionAuthorizationType;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;

/// Events on their way to an API, as a server sees them.
class ApiDestinationWireTest {
    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private HttpServer server;

    /// A request that the API got.
    private record Seen(String method, URI address, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("none")).getFirst();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestURI().getPath().equals("/token")) {
            var token = "{\"access_token\":\"t-1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, token.length);
            exchange.getResponseBody().write(token);
        } else {
            var status = statuses.poll();
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    body));
        }
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        aws.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private String basic() {
        return events().createConnection(r -> r.name("basic")
                        .authorizationType(ConnectionAuthorizationType.BASIC)
                        .authParameters(p -> p.basicAuthParameters(
                                        b -> b.username("anne").password("sesame"))
                                .invocationHttpParameters(h -> h.headerParameters(
                                                g -> g.key("X-Kind").value("of the connection"))
                                        .queryStringParameters(
                                                g -> g.key("tenant").value("blue"))
                                        .bodyParameters(g -> g.key("stamp").value("s-1")))))
                .connectionArn();
    }

    private EventBridgeClient events() {
        return aws.events();
    }

    private String destination(String connection, String path, ApiDestinationHttpMethod method) {
        return events().createApiDestination(r -> r.name("api")
                        .connectionArn(connection)
                        .invocationEndpoint(url(path))
                        .httpMethod(method))
                .apiDestinationArn();
    }

    private void rule(Target.Builder target) {
        events().putRule(r -> r.name("told").eventPattern("{\"source\":[\"rides\"]}"));
        events().putTargets(r -> r.rule("told").targets(target.id("api").build()));
    }

    private String role(String destination) {
        return aws.role(
                "telling",
                "events.amazonaws.com",
                destination.isEmpty() ? "" : allow("events:InvokeApiDestination", destination));
    }

    private void put() {
        events().putEvents(r ->
                r.entries(e -> e.source("rides").detailType("Ride Ended").detail("{\"port\":\"Ghent\",\"miles\":7}")));
    }

    private Seen next() throws InterruptedException {
        var request = seen.poll(20, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    @Test
    void an_event_is_sent_as_the_destination_its_connection_and_the_target_say() throws InterruptedException {
        var destination = destination(basic(), "/rides/*/of/*", ApiDestinationHttpMethod.POST);
        rule(Target.builder()
                .arn(destination)
                .roleArn(role(destination))
                .inputTransformer(
                        t -> t.inputPathsMap(Map.of("port", "$.detail.port")).inputTemplate("{\"port\":\"<port>\"}"))
                .httpParameters(h -> h.pathParameterValues("a b", "7")
                        .headerParameters(Map.of("X-Own", "o", "X-Kind", "of the target"))
                        .queryStringParameters(Map.of("page", "2", "tenant", "red"))));
        put();
        var request = next();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.address().getRawPath()).isEqualTo("/rides/a%20b/of/7");
        assertThat(request.address().getRawQuery().split("&")).containsExactlyInAnyOrder("page=2", "tenant=blue");
        assertThat(Json.parseObject(request.body())).isEqualTo(Map.of("port", "Ghent", "stamp", "s-1"));
        assertThat(request.header("Authorization"))
                .isEqualTo(
                        "Basic " + Base64.getEncoder().encodeToString("anne:sesame".getBytes(StandardCharsets.UTF_8)));
        assertThat(request.header("X-own")).isEqualTo("o");
        assertThat(request.header("X-kind")).isEqualTo("of the connection");
        assertThat(request.header("Content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(request.header("User-agent")).isEqualTo("Amazon/EventBridge/ApiDestinations");
    }

    @Test
    void api_keys_and_tokens_authorise_and_what_fails_for_now_is_tried_again() throws InterruptedException {
        var oauth = events().createConnection(r -> r.name("oauth")
                        .authorizationType(ConnectionAuthorizationType.OAUTH_CLIENT_CREDENTIALS)
                        .authParameters(p -> p.oAuthParameters(o -> o.authorizationEndpoint(url("/token"))
                                .httpMethod("POST")
                                .clientParameters(c -> c.clientID("id").clientSecret("secret")))))
                .connectionArn();
        var destination = destination(oauth, "/rides", ApiDestinationHttpMethod.PUT);
        rule(Target.builder().arn(destination).roleArn(role(destination)));
        statuses.add(503);
        put();
        assertThat(next().header("Authorization")).isEqualTo("Bearer t-1");
        assertThat(next().method()).isEqualTo("PUT");
        var key = events().createConnection(r -> r.name("key")
                        .authorizationType(ConnectionAuthorizationType.API_KEY)
                        .authParameters(p -> p.apiKeyAuthParameters(
                                k -> k.apiKeyName("X-Key").apiKeyValue("k-1"))))
                .connectionArn();
        events().updateApiDestination(r -> r.name("api").connectionArn(key));
        statuses.add(400);
        put();
        assertThat(next().header("X-key")).isEqualTo("k-1");
        while (aws.aws().events().deadLetters().isEmpty()) {
            Thread.sleep(2);
        }
        assertThat(aws.aws().events().deadLetters().getFirst().errorMessage()).contains("status 400");
        assertThat(seen).isEmpty();
    }

    @Test
    void a_role_has_to_be_given_and_has_to_be_allowed_to() throws InterruptedException {
        var destination = destination(basic(), "/rides", ApiDestinationHttpMethod.POST);
        assertThatThrownBy(() -> rule(Target.builder().arn(destination)))
                .hasMessageContaining("RoleArn is required for target");
        assertThatThrownBy(() -> rule(Target.builder().arn(destination + "x").roleArn(role(destination))))
                .hasMessageContaining("API destinations that it has");
        aws.aws()
                .foundation()
                .identities()
                .putRolePolicy(
                        "telling",
                        "inline",
                        "{\"Version\":\"2012-10-17\",\"Statement\":["
                                + allow("events:InvokeApiDestination", destination + "-other") + "]}");
        rule(Target.builder().arn(destination).roleArn("arn:aws:iam::" + ACCOUNT + ":role/telling"));
        put();
        while (aws.aws().events().deadLetters().isEmpty()) {
            Thread.sleep(2);
        }
        assertThat(aws.aws().events().deadLetters().getFirst().errorCode()).isEqualTo("NO_PERMISSIONS");
        assertThat(seen).isEmpty();
    }

    @Test
    void destinations_are_told_and_changed() {
        var connection = basic();
        var made = destination(connection, "/rides", ApiDestinationHttpMethod.POST);
        assertThat(made).startsWith("arn:aws:events:us-east-1:" + ACCOUNT + ":api-destination/api/");
        var told = events().describeApiDestination(r -> r.name("api"));
        assertThat(told.apiDestinationStateAsString()).isEqualTo("ACTIVE");
        assertThat(told.invocationRateLimitPerSecond()).isEqualTo(300);
        events().deauthorizeConnection(r -> r.name("basic"));
        assertThat(events().listApiDestinations(r -> r.connectionArn(connection))
                        .apiDestinations())
                .extracting(ApiDestination::apiDestinationStateAsString)
                .containsExactly("INACTIVE");
        assertThatThrownBy(() -> destination(connection, "/other", ApiDestinationHttpMethod.GET))
                .isInstanceOf(ResourceAlreadyExistsException.class);
        assertThatThrownBy(() -> events().createApiDestination(r -> r.name("plain")
                        .connectionArn(connection)
                        .invocationEndpoint("http://api.example.com/")
                        .httpMethod("GET")))
                .hasMessageContaining("it must be an HTTPS endpoint");
        events().deleteApiDestination(r -> r.name("api"));
        assertThatThrownBy(() -> events().deleteApiDestination(r -> r.name("api")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void a_destination_gets_no_more_a_second_than_it_allows() {
        var time = new VirtualScheduler(Instant.parse("2026-11-02T08:30:00Z"));
        var calls = new ArrayList<Instant>();
        var account = new Account(ACCOUNT, "us-east-1");
        var destinations = new ApiDestinations(
                account,
                time,
                new Connections(account, HttpClient::newHttpClient),
                HttpClient::newHttpClient,
                UnaryOperator.identity(),
                Runnable::run);
        destinations.put(new dev.baton.local.events.ApiDestination(
                "slow",
                destinations.arn("slow"),
                "",
                "none",
                "https://api.example.com",
                "POST",
                4,
                time.now(),
                time.now()));
        var target = new RuleTarget("t", destinations.arn("slow"), null, Map.of());
        for (int i = 0; i < 9; i++) {
            destinations.send(target, "{}", new Attempt() {
                @Override
                public void done() {}

                @Override
                public void failed(AwsError error) {
                    calls.add(time.now());
                }
            });
        }
        time.run();
        assertThat(calls).hasSize(9);
        assertThat(calls.stream().filter(call -> call.isBefore(calls.getFirst().plusSeconds(1))))
                .hasSize(4);
        assertThat(Duration.between(calls.getFirst(), calls.getLast())).isEqualTo(Duration.ofSeconds(2));
    }
}
