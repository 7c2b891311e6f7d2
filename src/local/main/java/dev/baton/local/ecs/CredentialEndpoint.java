package dev.baton.local.ecs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.baton.json.Json;
import dev.baton.local.caller.AccessKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The address at which a container asks for the credentials of its role: as on Fargate it gets them by HTTP, not in
/// its environment, and new ones before they end. Only who knows the container's token is answered. See [Container
/// credentials provider](https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
final class CredentialEndpoint implements AutoCloseable {
    /// How long before their end there are new ones: SDKs ask again some minutes before it.
    private static final Duration MARGIN = Duration.ofMinutes(15);

    private static final String PATH = "/v2/credentials";

    private final HttpServer server;
    private final String token;
    private final String roleArn;
    private final Supplier<AccessKey> renewal;
    private final InstantSource clock;
    private @Nullable AccessKey held;

    /// @param first what to begin with
    /// @param renewal makes a new session of the role
    CredentialEndpoint(String roleArn, AccessKey first, Supplier<AccessKey> renewal, InstantSource clock)
            throws IOException {
        this.roleArn = roleArn;
        this.held = first;
        this.renewal = renewal;
        this.clock = clock;
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.token = HexFormat.of().formatHex(random);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PATH, this::answer);
        server.start();
    }

    /// The variables by which SDKs find it.
    Map<String, String> variables() {
        return Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://127.0.0.1:" + server.getAddress().getPort() + PATH,
                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                token);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var said = exchange.getRequestHeaders().getFirst("Authorization");
            var known = said != null
                    && MessageDigest.isEqual(
                            said.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
            if (!known || !exchange.getRequestMethod().equals("GET")) {
                send(exchange, 403, Map.of("code", "AccessDenied", "message", "Unable to fetch credentials"));
                return;
            }
            send(exchange, 200, json(current()));
        }
    }

    private synchronized AccessKey current() {
        var credentials = held;
        if (credentials == null
                || !clock.instant().isBefore(expires(credentials).minus(MARGIN))) {
            credentials = renewal.get();
            held = credentials;
        }
        return credentials;
    }

    private Instant expires(AccessKey credentials) {
        var session = credentials.caller().session();
        return session == null ? clock.instant().plus(Duration.ofHours(1)) : session.expiresAt();
    }

    private Map<String, @Nullable Object> json(AccessKey credentials) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("RoleArn", roleArn);
        json.put("AccessKeyId", credentials.accessKeyId());
        json.put("SecretAccessKey", credentials.secretAccessKey());
        json.put("Token", credentials.sessionToken());
        json.put("Expiration", expires(credentials).toString());
        return json;
    }

    private static void send(HttpExchange exchange, int status, Map<String, ? extends @Nullable Object> json)
            throws IOException {
        var bytes = Json.bytes(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
