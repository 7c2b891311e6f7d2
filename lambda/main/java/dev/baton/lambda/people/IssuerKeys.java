package dev.baton.lambda.people;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.lambda.internal.identity.IdentityFindings;
import dev.baton.task.InvalidInput;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// The public keys of issuers, as their own discovery documents tell where they are. See
/// [OpenID Connect Discovery](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig).
///
/// They are kept for an hour. A key that is not among them is asked for at once, though not more than once in ten
/// seconds, whoever sends tokens of whatever key.
final class IssuerKeys {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 262_144;
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Supplier<SdkHttpClient> http;
    private final InstantSource time;
    private final Map<String, FetchedKeys> fetched = new ConcurrentHashMap<>();

    IssuerKeys(Supplier<SdkHttpClient> http, InstantSource time) {
        this.http = http;
        this.time = time;
    }

    private record FetchedKeys(JWKSet keys, Instant at) {}

    /// The keys by which a token may be signed that has a header.
    ///
    /// @throws InvalidInput RUN075 when the issuer does not tell its keys
    List<JWK> matching(String issuer, JWSHeader header) {
        var selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        var now = time.instant();
        var known = fetched.get(issuer);
        if (known != null && known.at().plus(KEPT).isAfter(now)) {
            var keys = selector.select(known.keys());
            if (!keys.isEmpty() || known.at().plus(PAUSE).isAfter(now)) {
                return keys;
            }
        }
        var anew = new FetchedKeys(fetch(issuer), now);
        fetched.put(issuer, anew);
        return selector.select(anew.keys());
    }

    private JWKSet fetch(String issuer) {
        var what = "the keys of the issuer " + issuer;
        var document = object(what, issuer.replaceFirst("/+$", "") + DISCOVERY);
        if (!issuer.equals(document.get("issuer"))) {
            throw unreachable(what, "are not told: its discovery document is about another issuer");
        }
        if (!(document.get("jwks_uri") instanceof String address)) {
            throw unreachable(what, "are not told: its discovery document has no jwks_uri");
        }
        try {
            return JWKSet.parse(get(what, address));
        } catch (ParseException e) {
            throw unreachable(what, "are not a JSON Web Key Set");
        }
    }

    private Map<String, @Nullable Object> object(String what, String address) {
        try {
            return Json.parseObject(get(what, address));
        } catch (JsonException e) {
            throw unreachable(what, "are not told: its discovery document is not a JSON object");
        }
    }

    private String get(String what, String address) {
        var uri = address(what, address);
        try {
            var answer = http.get()
                    .prepareRequest(HttpExecuteRequest.builder()
                            .request(SdkHttpRequest.builder()
                                    .method(SdkHttpMethod.GET)
                                    .uri(uri)
                                    .putHeader("accept", "application/json")
                                    .build())
                            .build())
                    .call();
            var body = answer.responseBody().orElse(null);
            if (body == null || answer.httpResponse().statusCode() != 200) {
                throw unreachable(
                        what,
                        "are not told: " + address + " answered "
                                + answer.httpResponse().statusCode());
            }
            try (body) {
                var bytes = body.readNBytes(MOST_BYTES);
                if (body.read() >= 0) {
                    body.abort();
                    throw unreachable(
                            what, "are not told: " + address + " answered more than " + MOST_BYTES + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw unreachable(what, "are not told: " + address + " does not answer: " + e.getMessage());
        }
    }

    /// Nobody between may change what says whose signatures are good.
    private static URI address(String what, String address) {
        try {
            var uri = URI.create(address);
            var host = uri.getHost();
            if (host != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && LOOPBACK.contains(host))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw unreachable(what, "are not told over HTTPS, but at " + address);
    }

    private static InvalidInput unreachable(String what, String why) {
        return IdentityFindings.unreachable(
                what,
                why,
                "see whether the issuer is up, and whether the function's network reaches it; its \"issuer\" in the file"
                        + " of environments is compared as it stands there");
    }
}
