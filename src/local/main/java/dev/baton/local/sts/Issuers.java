package dev.baton.local.sts;

import dev.baton.json.Json;
import dev.baton.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Fetches the keys of identity providers by OpenID Connect discovery and keeps them for a while.
public final class Issuers {
    private static final Duration KEPT = Duration.ofMinutes(10);
    /// A token with an unknown key id makes us ask again, but not for each such token.
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(5);

    /// Both documents of an issuer on a busy machine come within the half minute that SDKs wait for an answer.
    private static final Duration TIMEOUT = Duration.ofSeconds(12);
    private static final int MAX_DOCUMENT = 1 << 20;

    private final Clock clock;
    private final Map<String, Fetched> byIssuer = new ConcurrentHashMap<>();
    private @Nullable HttpClient client;

    public Issuers(Clock clock) {
        this.clock = clock;
    }

    private record Fetched(JsonWebKeys keys, Instant at) {}

    /// @param keyId what the token names; keys that lack it are fetched anew
    /// @throws IOException where the issuer cannot be reached or does not answer as it should
    JsonWebKeys keys(String issuer, @Nullable String keyId) throws IOException {
        var known = byIssuer.get(issuer);
        var now = clock.instant();
        if (known != null) {
            var age = Duration.between(known.at(), now);
            boolean lacking = known.keys().candidates(keyId).isEmpty();
            if (age.compareTo(lacking ? AT_MOST_EVERY : KEPT) < 0) {
                return known.keys();
            }
        }
        var keys = fetch(issuer);
        byIssuer.put(issuer, new Fetched(keys, now));
        return keys;
    }

    private JsonWebKeys fetch(String issuer) throws IOException {
        var configuration = get(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
        if (!issuer.equals(configuration.get("issuer"))) {
            throw new IOException(issuer + " says that it is " + configuration.get("issuer"));
        }
        if (!(configuration.get("jwks_uri") instanceof String keys)) {
            throw new IOException(issuer + " names no jwks_uri");
        }
        return JsonWebKeys.of(get(keys));
    }

    private Map<String, @Nullable Object> get(String address) throws IOException {
        try {
            var uri = URI.create(address);
            var host = Objects.requireNonNullElse(uri.getHost(), "");
            boolean loopback = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
            if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && loopback)) {
                throw new IOException(address + " is not https");
            }
            var request = HttpRequest.newBuilder(uri)
                    .timeout(TIMEOUT)
                    .header("Accept", "application/json")
                    .build();
            var response = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException(address + " answers " + response.statusCode());
                }
                return Json.parseObject(body.readNBytes(MAX_DOCUMENT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IllegalArgumentException | JsonException e) {
            throw new IOException(address + ": " + e.getMessage(), e);
        }
    }

    private synchronized HttpClient client() {
        var made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
            client = made;
        }
        return made;
    }
}
